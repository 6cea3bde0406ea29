// Every text exists in Chinese and in English.
import * as assert from 'node:assert';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { test } from 'node:test';

const read = (file: string) => fs.readFileSync(file, 'utf8');
const table = (file: string): Record<string, string> => JSON.parse(read(file));
const sources = fs.readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));

const english = table('package.nls.json');
const chinese = table('package.nls.zh-cn.json');

test('the manifest has the same texts in both languages', () => {
  assert.deepStrictEqual(Object.keys(chinese).sort(), Object.keys(english).sort());
});

test('the manifest uses exactly the texts that there are', () => {
  const used = [...read('package.json').matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key);
  assert.deepStrictEqual([...new Set(used)].sort(), Object.keys(english).sort());
});

test('every text of the code is translated, and no other', () => {
  const said = sources.flatMap((name) => [...read(path.join('src', name)).matchAll(/\bt\('((?:[^'\\]|\\.)*)'/g)].map(([, text]) => text));
  assert.ok(said.length > 10);
  assert.deepStrictEqual(Object.keys(table('l10n/bundle.l10n.zh-cn.json')).sort(), [...new Set(said)].sort());
});

test('a text keeps its placeholders', () => {
  const holes = (text: string) => [...text.matchAll(/\{\d\}/g)].map(([hole]) => hole).sort();
  for (const [text, translated] of Object.entries(table('l10n/bundle.l10n.zh-cn.json'))) {
    assert.deepStrictEqual(holes(translated), holes(text), text);
  }
});

test('the Chinese texts are Chinese, and no text shouts', () => {
  const all = { ...chinese, ...table('l10n/bundle.l10n.zh-cn.json') };
  for (const [key, text] of Object.entries(all)) {
    assert.match(text, /[\u4e00-\u9fff，]/u, key);
    assert.doesNotMatch(text + (english[key] ?? key), /[!！]/, key);
  }
});
