// Files that are none of ours are left entirely alone. These cases come first: nothing has started the server yet.
import * as assert from 'node:assert';

import { documentOf, fixture, servers, show, shown, test, until, write } from './suite';
import * as vscode from 'vscode';

test('an ordinary text file is left alone, and no server is started for it', async () => {
  const uri = write('购物.txt', '鸡蛋 12.50\n面包 8.00\n合计 99.00\n');
  await show(uri);
  const extension = vscode.extensions.getExtension('gouji.gouji');
  await until('the extension is active', () => extension?.isActive);
  const other = write('随笔.md', '# 随笔\n\n今天天气很好。\n');
  await show(other);
  assert.strictEqual(documentOf(uri)?.languageId ?? 'plaintext', 'plaintext');
  assert.deepStrictEqual(servers(), []);
});

test('a text that speaks of budgets and is no disclosure stays plain text', async () => {
  const uri = write('会议.txt', `${fixture('plain/market.txt')}\n关于预算的说明\n`);
  await show(uri);
  await until('the server has been asked', () => servers().length === 1);
  await vscode.commands.executeCommand('vscode.executeHoverProvider', uri, new vscode.Position(0, 0));
  assert.strictEqual(documentOf(uri)?.languageId, 'plaintext');
  assert.deepStrictEqual(shown(uri), []);
});
