// The server's life under the extension.
import * as assert from 'node:assert';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';

import { findings, openFaulty, servers, show, test, until, withSetting } from './suite';

test('a server that was killed comes back, with the findings', async () => {
  const uri = await openFaulty();
  const [pid] = servers();
  assert.ok(pid);
  process.kill(pid, 'SIGKILL');
  await until('another server', () => servers().length === 1 && servers()[0] !== pid);
  await findings(uri, 3);
  const editor = await show(uri);
  await editor.edit((edit) => edit.replace(new vscode.Range(2234, 1, 2234, 7), '521.52'));
  await findings(uri, 2);
});

test('a restart leaves one server, which knows the open files', async () => {
  const uri = await openFaulty();
  const before = servers();
  await vscode.commands.executeCommand('gouji.restart');
  await until('one other server', () => servers().length === 1 && servers()[0] !== before[0]);
  await findings(uri, 3);
});

test('a server program that is missing or broken does no harm, and its setting mends it', async () => {
  const uri = await openFaulty();
  const broken = path.join(os.tmpdir(), `gouji-broken-${process.pid}`);
  fs.writeFileSync(broken, 'not a program');
  fs.chmodSync(broken, 0o755);
  try {
    for (const program of ['/nowhere/gouji', broken, '/bin/true']) {
      await withSetting('server.path', program, async () => {
        await until('no server', () => servers().length === 0);
        await findings(uri, 0);
      });
      await until('a server', () => servers().length === 1);
      await findings(uri, 3);
    }
  } finally {
    fs.rmSync(broken);
  }
});

test('who asks for the server while it is restarted gets the next one, and settings still take effect', async () => {
  const uri = await openFaulty();
  for (let round = 0; round < 4; round += 1) {
    await withSetting('server.path', '/bin/true', async () => {
      // Asked again and again, so that a question falls into each moment of the restart.
      await until('the server has gone', async () => {
        await vscode.workspace.openTextDocument(vscode.Uri.parse(`gouji-rule:/AS01.md?${Date.now()}`));
        return servers().length === 0;
      });
    });
    await until('one server', () => servers().length === 1);
    await findings(uri, 3);
  }
});
