// Findings, hovers, fixes, outline, and all of that while typing.
import * as assert from 'node:assert';
import * as vscode from 'vscode';

import { documentOf, finding, findings, fixture, replace, ruleOf, show, shown, test, until, write } from './suite';

async function open(name: string): Promise<vscode.TextDocument> {
  const uri = write('2025年部门预算公开.txt', fixture(name));
  await show(uri);
  return until('the document is attached', () => {
    const document = documentOf(uri);
    return document?.languageId === 'disclosure' && document;
  });
}

const hovers = (uri: vscode.Uri, at: vscode.Position) =>
  vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', uri, at);

const said = (list: vscode.Hover[]) =>
  list.flatMap(({ contents }) => contents.map((part) => (typeof part === 'string' ? part : part.value))).join('\n');

async function fixes(uri: vscode.Uri, range: vscode.Range): Promise<vscode.CodeAction[]> {
  return vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', uri, range, 'quickfix');
}

test('a finding stands at the wrong figure, with its evidence', async () => {
  const document = await open('tab/nongye-faulty.txt');
  await findings(document.uri, 3);
  const total = await finding(document.uri, 'AS01');
  assert.strictEqual(document.getText(total.range), '512.52');
  assert.strictEqual(total.range.start.line, 2234);
  assert.strictEqual(total.severity, vscode.DiagnosticSeverity.Error);
  const evidence = (total.relatedInformation ?? []).map(({ location }) => document.getText(location.range));
  assert.deepStrictEqual(evidence, ['326.50', '31.60', '163.42', '521.52']);
  assert.ok(typeof total.code === 'object');
  assert.strictEqual(total.code.target.toString(), 'gouji-rule:/AS01.md');
});

test('a hover on a finding tells the rule, on a code the 科目', async () => {
  const document = await open('tab/nongye-faulty.txt');
  const total = await finding(document.uri, 'AS01');
  assert.match(said(await hovers(document.uri, total.range.start)), /AS01[^]*521\.52/);
  const at = document.positionAt(document.getText().indexOf('\t2080505') + 2);
  assert.match(said(await hovers(document.uri, at)), /机关事业单位基本养老保险缴费支出/);
});

test('a fix repairs, and the finding is gone', async () => {
  const document = await open('tab/nongye-faulty.txt');
  const total = await finding(document.uri, 'AS01');
  const offered = await until('a fix', async () => {
    const actions = await fixes(document.uri, total.range);
    return actions.length > 0 && actions;
  });
  const preferred = offered.filter((action) => action.isPreferred);
  assert.strictEqual(preferred.length, 1);
  assert.match(preferred[0]?.title ?? '', /521\.52/);
  assert.ok(preferred[0]?.edit && (await vscode.workspace.applyEdit(preferred[0].edit)));
  await findings(document.uri, 2);
  assert.strictEqual(document.lineAt(2234).text.trim(), '521.52');
});

test('where the evidence ties, every repair is offered and none preferred', async () => {
  const document = await open('tab/nongye-faulty.txt');
  const change = await finding(document.uri, 'NN07');
  const offered = await until('fixes', async () => {
    const actions = await fixes(document.uri, change.range);
    return actions.length > 1 && actions;
  });
  assert.ok(offered.every((action) => action.isPreferred !== true));
});

test('a wrong digit is found while it is typed, and forgotten when it is undone', async () => {
  const document = await open('tab/nongye.txt');
  await until('the outline', async () => (await outline(document.uri)).length > 0);
  assert.deepStrictEqual(shown(document.uri).filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error), []);
  const at = document.positionAt(document.getText().lastIndexOf('326.50') + 2);
  const editor = await vscode.window.showTextDocument(document);
  // Typed over the selected digit, and so undone in one step.
  editor.selection = new vscode.Selection(at, at.translate(0, 1));
  await vscode.commands.executeCommand('type', { text: '8' });
  const isWrong = (found: vscode.Diagnostic) => ruleOf(found) === 'AS01' && document.getText(found.range) === '328.50';
  await until('a finding at the new figure', () => shown(document.uri).some(isWrong));
  await vscode.commands.executeCommand('undo');
  await until('it is gone', () => shown(document.uri).every((found) => ruleOf(found) !== 'AS01'));
});

const outline = async (uri: vscode.Uri) =>
  (await vscode.commands.executeCommand<vscode.DocumentSymbol[] | undefined>('vscode.executeDocumentSymbolProvider', uri)) ?? [];

test('the outline names the tables', async () => {
  const document = await open('tab/nongye.txt');
  const names = await until('an outline', async () => {
    const symbols = await outline(document.uri);
    return symbols.length > 0 && symbols.flatMap((symbol) => [symbol, ...symbol.children]).map(({ name }) => name);
  });
  assert.ok(names.some((name) => name.includes('收支总表')), names.join(' '));
});

test('after many quick edits the findings are those of the final text', async () => {
  const document = await open('tab/nongye-faulty.txt');
  await findings(document.uri, 3);
  for (let round = 0; round < 40; round += 1) {
    await replace(document, round % 2 === 0 ? '512.52' : '512.53', round % 2 === 0 ? '512.53' : '512.52');
  }
  await replace(document, '512.52', '521.52');
  await findings(document.uri, 2);
});
