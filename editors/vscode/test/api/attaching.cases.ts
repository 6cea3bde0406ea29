// How a file comes to be checked, and how it stops.
import * as assert from 'node:assert';
import * as fs from 'node:fs';
import * as vscode from 'vscode';

import { documentOf, findings, fixture, show, shown, test, until, withSetting, write } from './suite';

const faulty = () => fixture('tab/nongye-faulty.txt');
const language = (uri: vscode.Uri, id: string) => until(`${uri.path} is ${id}`, () => documentOf(uri)?.languageId === id);

test('a file is attached by its name', async () => {
  const uri = write('澜坪县2025年部门预算公开.txt', faulty());
  await show(uri);
  await findings(uri, 3);
  await language(uri, 'disclosure');
});

test('a file is attached by its contents', async () => {
  const uri = write('附件3.txt', faulty());
  await show(uri);
  await findings(uri, 3);
  await language(uri, 'disclosure');
});

test('contents do not attach where the setting says so', async () => {
  await withSetting('attach.contents', false, async () => {
    const uri = write('附件4.txt', faulty());
    await show(uri);
    const named = write('部门预算.txt', faulty());
    await show(named);
    await findings(named, 3);
    assert.strictEqual(documentOf(uri)?.languageId, 'plaintext');
    assert.deepStrictEqual(shown(uri), []);
  });
});

test('a word of the setting attaches, at once', async () => {
  await withSetting('attach.contents', false, async () => {
    const uri = write('财报.txt', faulty());
    await show(uri);
    await withSetting('attach.names', ['财报'], async () => {
      await findings(uri, 3);
    });
  });
});

test('a gouji.toml in the folder or above attaches', async () => {
  await withSetting('attach.contents', false, async () => {
    const uri = write('marked/下级/附件.txt', faulty());
    fs.writeFileSync(vscode.Uri.joinPath(uri, '../../gouji.toml').fsPath, '');
    await show(uri);
    await findings(uri, 3);
  });
});

test('Markdown stays Markdown and is checked', async () => {
  const uri = write('2025年部门预算.md', fixture('md/tongji-faulty.md'));
  await show(uri);
  await until('findings', () => shown(uri).length > 0);
  assert.strictEqual(documentOf(uri)?.languageId, 'markdown');
  await vscode.commands.executeCommand('gouji.stopChecking');
  await findings(uri, 0);
  await vscode.commands.executeCommand('gouji.checkThisFile');
  await until('findings again', () => shown(uri).length > 0);
});

test('tables in TSV are checked', async () => {
  const uri = write('部门预算.tsv', fixture('sep/sifa-faulty.tsv'));
  await show(uri);
  await until('findings', () => shown(uri).length > 0);
});

test('a disclosure pasted into a new file is recognised', async () => {
  const document = await vscode.workspace.openTextDocument({ content: '', language: 'plaintext' });
  const editor = await vscode.window.showTextDocument(document);
  await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), faulty()));
  await findings(document.uri, 3);
});

test('to stop checking is remembered for the file, and so is to check', async () => {
  const uri = write('部门预算公开.txt', faulty());
  await show(uri);
  await findings(uri, 3);
  await vscode.commands.executeCommand('gouji.stopChecking');
  await findings(uri, 0);
  await language(uri, 'plaintext');
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  await show(uri);
  const beside = write('部门预算公开.txt', faulty());
  await show(beside);
  await findings(beside, 3);
  assert.deepStrictEqual(shown(uri), []);
  await show(uri);
  await vscode.commands.executeCommand('gouji.checkThisFile');
  await findings(uri, 3);
});

test('a choice in the language menu counts like the command', async () => {
  const uri = write('部门预算公开.txt', faulty());
  await show(uri);
  await findings(uri, 3);
  const document = documentOf(uri);
  assert.ok(document);
  await vscode.languages.setTextDocumentLanguage(document, 'plaintext');
  await findings(uri, 0);
  assert.strictEqual(documentOf(uri)?.languageId, 'plaintext');
});

test('a file is attached when it is saved under a telling name', async () => {
  await withSetting('attach.contents', false, async () => {
    const uri = write('草稿.txt', faulty());
    await show(uri);
    const renamed = vscode.Uri.joinPath(uri, '../部门预算.txt');
    const edit = new vscode.WorkspaceEdit();
    edit.renameFile(uri, renamed);
    assert.ok(await vscode.workspace.applyEdit(edit));
    await findings(renamed, 3);
  });
});
