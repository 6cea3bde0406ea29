// The grammar's rules are bounded: a line thirty-two times as long takes about that much longer, whatever it holds.
// Only ratios are compared, of the processor's time, and a bad one is measured again: a busy machine does not fail the test.
import assert from 'node:assert/strict';
import test from 'node:test';

import { tokens } from './support/grammar.mjs';
import { fixtures } from './support/places.mjs';

const LENGTH = 1000;
/** Costs 32 times as much where time is linear. A quadratic rule, however cheap its step, goes far beyond 120. */
const GROWTH = 32;
const TOO_MUCH = 120;

/** Beginnings of what the rules match, so that each is tried again and again and given up. */
const beginnings = [
  ...['1', '１', '1,', '1,234', '1.', '1 ', '1万', '增加1', '-', '△', '—', ' ', '\t', '\t-', '| ', '（', '（一', '（1', '一', '一、', '1、'],
  ...['表', '附表', '收支表（', '#', '[', '[bookmark: ', 'PAGEREF _Toc', '第一', '第 1', '栏次 ', '2025', '2025年', '2025-', '〔2025', '12月'],
  ...['年度：', '二〇', '208', '208 ', '208 05 ', '30217公', 'A01', '13990725P', '316岚', '合 ', '单位', '单位：', '其中', '增加', '万'],
];

test('no repetition costs more than its length', () => {
  for (const unit of beginnings) {
    for (const [before, after] of [['', ''], ['一、', '表。']]) {
      const line = (length) => before + unit.repeat(length / unit.length) + after;
      assertLinear(line(LENGTH), line(GROWTH * LENGTH), `${before}${unit}…${after}`);
    }
  }
});

test("no fixture's text, put into one line, costs more than its length", () => {
  for (const { name, text } of fixtures('.txt', '.tsv', '.csv', '.md').filter(({ name }) => !name.includes('-faulty'))) {
    const line = text.replace(/\s*\n/g, '\t').slice(0, LENGTH);
    assertLinear(line, line.repeat(GROWTH), name);
  }
});

function assertLinear(short, long, what) {
  let ratio = Infinity;
  for (let attempt = 0; attempt < 5 && ratio > TOO_MUCH; attempt += 1) {
    const base = Math.max(Math.min(cost(short), cost(short), cost(short)), 500);
    ratio = Math.min(ratio, cost(long) / base);
  }
  assert.ok(ratio <= TOO_MUCH, `${JSON.stringify(what)} costs ${ratio.toFixed(0)} times as much`);
}

/** Microseconds of the processor. */
function cost(line) {
  const start = process.cpuUsage();
  tokens(line);
  return process.cpuUsage(start).user;
}
