// Which program serves, and how often it is started again.
import * as assert from 'node:assert';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { test } from 'node:test';

import { RestartBudget } from '../../src/server/budget';
import { locate } from '../../src/server/locate';
import type { Surroundings } from '../../src/server/locate';
import { probe } from '../../src/server/probe';

const around = (present: string[], more: Partial<Surroundings> = {}): Surroundings => ({
  setting: '',
  bundled: '/extension/server/gouji',
  searchPath: '/usr/local/bin:bin:/usr/bin',
  windows: false,
  trusted: true,
  isFile: (file) => present.includes(file),
  ...more,
});

test('the order is setting, bundled, PATH', () => {
  const all = ['/mine/gouji', '/extension/server/gouji', '/usr/bin/gouji'];
  assert.deepStrictEqual(locate(around(all, { setting: '/mine/gouji' })), { program: '/mine/gouji', origin: 'setting' });
  assert.deepStrictEqual(locate(around(all)), { program: '/extension/server/gouji', origin: 'bundled' });
  assert.deepStrictEqual(locate(around(['/usr/bin/gouji'])), { program: '/usr/bin/gouji', origin: 'path' });
  assert.strictEqual(locate(around([])), undefined);
});

test('a setting that leads nowhere is not passed over', () => {
  assert.strictEqual(locate(around(['/extension/server/gouji'], { setting: '/nowhere' })), undefined);
});

test('an untrusted workspace gets the bundled program and no other', () => {
  const untrusted = { trusted: false, setting: '/mine/gouji' };
  assert.strictEqual(locate(around(['/mine/gouji', '/extension/server/gouji'], untrusted))?.origin, 'bundled');
  assert.strictEqual(locate(around(['/mine/gouji', '/usr/bin/gouji'], untrusted)), undefined);
});

test('a relative entry of PATH is no place to run programs from', () => {
  assert.strictEqual(locate(around(['bin/gouji'])), undefined);
});

test('on Windows the program has its ending', () => {
  const windows = { windows: true, searchPath: 'C:\\tools;D:\\gouji' };
  assert.strictEqual(locate(around(['D:\\gouji\\gouji.exe'], windows))?.program, 'D:\\gouji\\gouji.exe');
});

test('a server that ends again and again is left alone, until the user asks', () => {
  const budget = new RestartBudget();
  assert.deepStrictEqual([0, 1, 2, 3, 4].map((second) => budget.spend(second * 1000)), [true, true, true, true, false]);
  budget.renew();
  assert.ok(budget.spend(5000));
});

test('a server that ends now and then is always started again', () => {
  const budget = new RestartBudget();
  assert.ok(Array.from({ length: 100 }, (_, hour) => budget.spend(hour * 3_600_000)).every(Boolean));
});

function script(text: string): string {
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'gouji-unit-')), 'gouji');
  fs.writeFileSync(file, text, { mode: 0o755 });
  return file;
}

test('a program is asked for its version', { skip: process.platform === 'win32' && 'scripts do not run there' }, async () => {
  assert.strictEqual(await probe(script('#!/bin/sh\necho gouji 1.2.3\n')), '1.2.3');
  await assert.rejects(probe(script('#!/bin/sh\necho something else\n')), /not gouji/);
  await assert.rejects(probe(script('no program at all')));
  await assert.rejects(probe('/nowhere/gouji'));
});
