// Settings take effect on open files, at once.
import * as assert from 'node:assert';
import * as vscode from 'vscode';

import { finding, fixture, openFaulty, ruleOf, servers, show, shown, test, until, withSetting, write } from './suite';

test('a rule is turned off and on', async () => {
  const uri = await openFaulty();
  const before = servers();
  await withSetting('rules.off', ['NN05'], async () => {
    await until('no NN05', () => shown(uri).length > 0 && shown(uri).every((found) => ruleOf(found) !== 'NN05'));
  });
  await finding(uri, 'NN05');
  assert.deepStrictEqual(servers(), before, 'the server was not restarted');
});

test('the language of findings changes', async () => {
  const uri = await openFaulty();
  await withSetting('locale', 'zh', async () => {
    await until('Chinese', () => shown(uri).some(({ message }) => message.includes('应为')));
  });
  await withSetting('locale', 'en', async () => {
    await until('English', () => shown(uri).some(({ message }) => message.includes('should be')));
  });
});

test('what is below the least severity is not shown', async () => {
  const uri = write('部门预算公开.txt', fixture('tab/nongye.txt').replace('326.50', '326.51'));
  await show(uri);
  await until('something is found', () => shown(uri).length > 0);
  const errors = shown(uri).filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error).length;
  await withSetting('minSeverity', 'error', async () => {
    await until('errors only', () => shown(uri).length === errors);
  });
});
