// What goes beyond one file: the workspace, and gouji.toml, which says how its folder is checked.
import * as assert from 'node:assert';
import * as fs from 'node:fs';
import * as vscode from 'vscode';

import { documentOf, finding, findings, fixture, openFaulty, ruleOf, show, shown, test, until, write } from './suite';

const faulty = () => fixture('tab/nongye-faulty.txt');
const rules = (uri: vscode.Uri) => shown(uri).map(ruleOf).sort();
const beside = (uri: vscode.Uri, name: string) => vscode.Uri.joinPath(uri, '..', name);

interface Checked {
  readonly files: number;
  readonly errors: number;
}

const check = () => vscode.commands.executeCommand<Checked>('gouji.checkWorkspace');

test('the workspace is checked: the findings of files that are not open are shown until they are opened', async () => {
  const uri = write('2025年单位预算公开.txt', faulty());
  const open = await openFaulty();
  assert.deepStrictEqual(shown(uri), []);
  const checked = await until('the file is found', async () => {
    const found = await check();
    return shown(uri).length === 3 && found;
  });
  assert.ok(checked.files >= 2 && checked.errors >= 6, JSON.stringify(checked));
  const total = await finding(uri, 'AS01');
  assert.strictEqual(total.range.start.line, 2234);
  assert.strictEqual(total.severity, vscode.DiagnosticSeverity.Error);
  assert.ok(typeof total.code === 'object');
  assert.strictEqual(total.code.target.toString(), 'gouji-rule:/AS01.md');
  assert.strictEqual(shown(open).length, 3, 'those of open files are not shown twice');
  await show(uri);
  await until('the server speaks of it now, and nobody else', () => documentOf(uri)?.languageId === 'disclosure');
  await findings(uri, 3);
});

test('a file that changes on the disk loses what was shown of it, and gets it anew', async () => {
  const uri = write('2025年单位预算公开.txt', faulty());
  await until('the file is found', async () => (await check()) && shown(uri).length === 3);
  fs.writeFileSync(uri.fsPath, faulty().replace('512.52', '521.52'));
  await until('nothing is shown', () => shown(uri).length === 0);
  await until('the others are found', async () => (await check()) && shown(uri).length === 2);
  fs.rmSync(uri.fsPath);
  await until('nothing is shown', () => shown(uri).length === 0);
});

test('a finding is suppressed by its quick fix, which writes gouji.toml', async () => {
  const uri = await openFaulty();
  const total = await finding(uri, 'AS01');
  const hide = await until('the fix', async () => {
    const offered = await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', uri, total.range, 'quickfix');
    return offered.find(({ title }) => /^(屏蔽此处 AS01|Suppress AS01 here)/.test(title));
  });
  assert.ok(hide.isPreferred !== true);
  assert.ok(hide.edit && (await vscode.workspace.applyEdit(hide.edit)));
  await findings(uri, 2);
  const [entry] = hide.edit.entries().map(([target]) => target);
  const marker = entry ?? beside(uri, 'gouji.toml');
  const holds = (text: string | undefined) => /\[\[suppress\]\][^]*AS01/.test(text ?? '');
  await until('the entry', () => holds(documentOf(marker)?.getText()));
  assert.ok(await documentOf(marker)?.save());
  await until('it is written', () => holds(fs.readFileSync(marker.fsPath, 'utf8')));
  assert.deepStrictEqual(rules(uri), ['NN05', 'NN07']);
  fs.rmSync(marker.fsPath);
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  await show(uri);
  await findings(uri, 3);
});

test('what gouji.toml says is in force while it is typed, and what is wrong in it is reported', async () => {
  const uri = await openFaulty();
  const marker = beside(uri, 'gouji.toml');
  fs.writeFileSync(marker.fsPath, '');
  const editor = await show(marker);
  const type = (text: string) =>
    editor.edit((edit) => edit.replace(new vscode.Range(0, 0, editor.document.lineCount, 0), text));
  assert.ok(await type('[rules]\noff = ["AS01", "NT11"]\n'));
  await findings(uri, 2);
  assert.notStrictEqual(editor.document.languageId, 'disclosure');
  assert.ok(await type('unheard = 1\n'));
  await findings(uri, 3);
  await until('word of the key that there is not', () => shown(marker).length === 1);
  await vscode.commands.executeCommand('workbench.action.files.revert');
});

test('gouji.toml written by another program is heeded at once', async () => {
  const uri = await openFaulty();
  const marker = beside(uri, 'gouji.toml');
  fs.writeFileSync(marker.fsPath, '[rules]\noff = ["AS01", "NT11"]\n');
  await findings(uri, 2);
  fs.writeFileSync(marker.fsPath, '');
  await findings(uri, 3);
  fs.writeFileSync(marker.fsPath, '[rules]\noff = ["AS01", "NT11"]\n');
  await findings(uri, 2);
  fs.rmSync(marker.fsPath);
  await findings(uri, 3);
});
