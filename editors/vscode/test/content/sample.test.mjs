// The sample that the walkthrough opens: exactly three slips, each with one preferred fix.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';

import { extension, read } from './support/places.mjs';
import { check, checkText, mended } from './support/server.mjs';

const [name, ...others] = readdirSync(path.join(extension, 'samples'));
const text = read(`samples/${name}`);
const lines = text.split('\n');

test('there is one sample, and its name says that it is checked when opened', () => {
  assert.deepEqual(others, []);
  assert.match(name, /部门预算.*示例.*\.txt$/);
});

test('the sample is short and Chinese, and says that it is invented', () => {
  assert.ok(lines.length <= 150);
  assert.deepEqual(text.replace(/[AC][0-9]{8}/g, '').match(/[A-Za-z]/g), null);
  assert.match(lines[1], /虚构/);
});

test('the sample is a budget of which nearly every amount is checked', () => {
  const { document, coverage } = check(path.join(extension, 'samples', name));
  assert.deepEqual(document, { kind: '预算', year: 2025, body: '云檀县水利局', unit: '万元' });
  assert.ok(coverage.amounts > 100);
  assert.ok(coverage.checked >= coverage.amounts - 5);
});

test('the sample has three findings: a total, a figure of the narrative, an item listed twice', () => {
  const { findings } = check(path.join(extension, 'samples', name));
  assert.deepEqual(
    findings.map(({ rule, severity, text: found, fixes }) => [rule, severity, found, fixes.map((fix) => [fix.title, fix.preferred])]),
    [
      ['IN07', 'error', '309.72', [['改为 309.27', true]]],
      ['NN05', 'error', '防汛物资储备8.40万元', [['删去重复的一项', true]]],
      ['NT09', 'warning', '46.04', [['改为 40.64', true]]],
    ],
  );
});

test('after the preferred fixes nothing is found', () => {
  const { findings } = check(path.join(extension, 'samples', name));
  assert.deepEqual(checkText(mended(text, findings)).findings, []);
});

test('each slip can be mended alone', () => {
  const { findings } = check(path.join(extension, 'samples', name));
  for (const finding of findings) {
    const left = checkText(mended(text, [finding])).findings.map(({ rule }) => rule);
    assert.deepEqual(left, findings.filter((other) => other !== finding).map(({ rule }) => rule));
  }
});

test('the sample has the 科目 that the walkthrough points at', () => {
  assert.ok(lines.some((line) => line.startsWith('2130306\t水利工程运行与维护')));
});
