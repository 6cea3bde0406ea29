// Which files are ours: by name, by content, by the user's word.
import * as assert from 'node:assert';
import * as fs from 'node:fs';
import { test } from 'node:test';
import { parse } from 'smol-toml';

import { Choices } from '../../src/attach/choices';
import type { Choice, Store } from '../../src/attach/choices';
import { mayBeDisclosure } from '../../src/attach/contents';
import { nameTells } from '../../src/attach/names';

const { setting } = parse(fs.readFileSync('../settings.toml', 'utf8')) as { setting: { key: string; default: string[] }[] };
const words = setting.find(({ key }) => key === 'attach.names')?.default ?? [];

test('a telling name in a text, table or Markdown file attaches', () => {
  const telling = ['2025年部门预算公开.txt', '附件：单位预算.md', '某局2024年度部门决算.TXT', '部门预算', '2025.部门预算', 'XX预决算公开情况.csv'];
  assert.deepStrictEqual(telling.filter((name) => !nameTells(name, words)), []);
});

test('another name, and another kind of file, does not', () => {
  const others = ['预算.txt', '购物.txt', 'README.md', '部门预算.docx', '部门预算.pdf', '部门预算.ts', '部门预算.txt.bak'];
  assert.deepStrictEqual(others.filter((name) => nameTells(name, words)), []);
  assert.ok(!nameTells('a.txt', ['']), 'an empty word says nothing');
});

test('only a text that speaks of budgets is shown to the server', () => {
  assert.ok(mayBeDisclosure('二〇二五年部门预 算'));
  assert.ok(mayBeDisclosure('2024年度部门决算公开'));
  assert.ok(!mayBeDisclosure('今天天气很好，合计 12.50 元'));
});

class Memory implements Store {
  readonly kept = new Map<string, unknown>();
  get<T>(key: string, otherwise: T): T {
    return (this.kept.get(key) as T | undefined) ?? otherwise;
  }
  async update(key: string, value: unknown): Promise<void> {
    this.kept.set(key, value);
  }
}

test('the last word on a file counts, also in another session', async () => {
  const memory = new Memory();
  const choices = new Choices(memory);
  await choices.choose('file:///a', 'leave');
  await choices.choose('file:///b', 'check');
  await choices.choose('file:///a', 'check');
  const later = new Choices(memory);
  const expected: (Choice | undefined)[] = ['check', 'check', undefined];
  assert.deepStrictEqual(['file:///a', 'file:///b', 'file:///c'].map((uri) => later.of(uri)), expected);
});

test('of very many files the longest ago is forgotten', async () => {
  const choices = new Choices(new Memory());
  for (let file = 0; file <= 2000; file += 1) {
    await choices.choose(`file:///${file}`, 'check');
  }
  assert.strictEqual(choices.of('file:///0'), undefined);
  assert.strictEqual(choices.of('file:///1'), 'check');
});
