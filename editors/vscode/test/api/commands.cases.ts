// The commands of the extension.
import * as assert from 'node:assert';
import * as vscode from 'vscode';

import { finding, findings, fixture, ruleOf, show, shown, test, until, write } from './suite';

const tabs = () => vscode.window.tabGroups.all.flatMap((group) => group.tabs).map(({ label }) => label);

test('every command of the manifest exists', async () => {
  const manifest = vscode.extensions.getExtension('gouji.gouji')?.packageJSON;
  const declared: string[] = manifest.contributes.commands.map(({ command }: { command: string }) => command);
  const known = await vscode.commands.getCommands(true);
  assert.deepStrictEqual(declared.filter((command) => !known.includes(command)), []);
});

test('the page of the rule at the cursor is shown', async () => {
  const uri = write('部门预算公开.txt', fixture('tab/nongye-faulty.txt'));
  const editor = await show(uri);
  const total = await finding(uri, 'AS01');
  editor.selection = new vscode.Selection(total.range.start, total.range.start);
  await vscode.commands.executeCommand('gouji.explainRule');
  await until('a tab of AS01', () => tabs().some((label) => label.includes('AS01')));
});

test('a rule page is read from the server', async () => {
  const page = await vscode.workspace.openTextDocument(vscode.Uri.parse('gouji-rule:/AS01.md'));
  assert.match(page.getText(), /AS01/);
  const none = await vscode.workspace.openTextDocument(vscode.Uri.parse('gouji-rule:/ZZ99.md'));
  assert.match(none.getText(), /ZZ99/);
});

test('the sample shows its three findings', async () => {
  await vscode.commands.executeCommand('gouji.openSample');
  const document = await until('the sample', () => vscode.window.activeTextEditor?.document);
  assert.strictEqual(document.languageId, 'disclosure');
  const found = await findings(document.uri, 3);
  assert.strictEqual(new Set(found.map(ruleOf)).size, 3);
});

test('marks on what nobody checked come and go without harm', async () => {
  const uri = write('部门预算公开.txt', fixture('tab/nongye-faulty.txt'));
  await show(uri);
  await findings(uri, 3);
  await vscode.commands.executeCommand('gouji.toggleCoverage');
  await vscode.commands.executeCommand('gouji.toggleCoverage');
  assert.strictEqual(shown(uri).length, 3);
});

test('a report of the unsaved text is written, and one of a folder', async () => {
  const uri = write('部门预算公开.txt', fixture('tab/nongye-faulty.txt'));
  const editor = await show(uri);
  await findings(uri, 3);
  const target = vscode.Uri.joinPath(uri, '..', '报告.html');
  const page = async (what?: vscode.Uri) => {
    assert.ok(await vscode.commands.executeCommand('gouji.exportReport', what, target));
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(target));
  };
  const three = await page();
  assert.match(three, /<!DOCTYPE html>/);
  assert.strictEqual(three.match(/<article /g)?.length, 3);
  const at = editor.document.positionAt(editor.document.getText().indexOf('512.52'));
  await editor.edit((edit) => edit.replace(new vscode.Range(at, at.translate(0, 6)), '521.52'));
  assert.strictEqual((await page()).match(/<article /g)?.length, 2);
  assert.strictEqual((await page(vscode.Uri.joinPath(uri, '..'))).match(/data-rule="AS01"/g)?.length, 1);
  await vscode.commands.executeCommand('workbench.action.files.revert');
});
