// What belongs to a word, and which brackets are pairs.
import assert from 'node:assert/strict';
import test from 'node:test';

import { readJson } from './support/places.mjs';

const configuration = readJson('language-configuration.json');
const words = (line) => line.match(new RegExp(configuration.wordPattern, 'g'));

test('an amount is one word, with its separators and decimals', () => {
  assert.deepEqual(words('支出1,234,567.89万元，'), ['支出', '1,234,567.89', '万元']);
  assert.deepEqual(words('１，２３４．５６'), ['１，２３４．５６']);
  assert.deepEqual(words('309.27'), ['309.27']);
  assert.deepEqual(words('4125.49，4143.91'), ['4125.49', '4143.91']);
});

test('a run of Chinese characters is one word, and punctuation ends it', () => {
  assert.deepEqual(words('因公出国（境）费、公务接待费：“三公”'), ['因公出国', '境', '费', '公务接待费', '三公']);
});

test('a code is one word', () => {
  assert.deepEqual(words('2130306\tA05040101\t13990725P87244039301J'), ['2130306', 'A05040101', '13990725P87244039301J']);
});

test('no word is empty, and every bracket has its counterpart', () => {
  assert.equal(new RegExp(`^(?:${configuration.wordPattern})$`).test(''), false);
  assert.deepEqual(configuration.brackets, configuration.surroundingPairs);
  assert.deepEqual(configuration.autoClosingPairs, configuration.brackets.map(([open, close]) => ({ open, close })));
  assert.equal(new Set(configuration.brackets.flat()).size, 2 * configuration.brackets.length);
});

test('the language has no comments', () => {
  assert.equal(configuration.comments, undefined);
});
