// The colours of a disclosure in Markdown, and of Markdown that is none. Needs the Markdown grammar of a VS Code.
import assert from 'node:assert/strict';
import test from 'node:test';

import { markdown, marked, tokens } from './support/grammar.mjs';
import { fixtures } from './support/places.mjs';
import { amounts } from './support/server.mjs';

const options = { skip: markdown ? false : 'no VS Code is installed (editors/tests/run vscode installs one)' };
const inMarkdown = (text) => marked(text, markdown);

test('amounts, shares and their changes are coloured in sentences', options, () => {
  assert.deepEqual(inMarkdown('支出预算 **1,234.50万元**，较上年增加20万元，增长1.6%。'), [
    '1,234.50 → constant.numeric.figure',
    '万元 → keyword.other.unit.money',
    '增加 → keyword.control.change.increase',
    '20 → constant.numeric.figure',
    '万元 → keyword.other.unit.money',
    '增长 → keyword.control.change.increase',
    '1.6 → constant.numeric.figure',
    '% → keyword.other.unit.percent',
  ]);
});

test('a table that speaks of a budget is coloured like any other of a disclosure', options, () => {
  const table = ['| 科目编码 | 科目名称 | 合计 |', '| --- | --- | --- |', '| 21303 | 水利 | 46.80 |', '| 212 | 城乡 | — |'];
  assert.deepEqual(inMarkdown(table.join('\n')), [
    '合计 → keyword.other.total',
    '21303 → entity.name.type.subject',
    '46.80 → constant.numeric.figure',
    '212 → entity.name.type.subject',
    '— → constant.language.nil',
  ]);
});

test('Markdown that is no disclosure looks as it always did', options, () => {
  assert.deepEqual(inMarkdown('2025年有3个人、5台设备，版本1.2.3，合计8项，增长点在下半年，收入增加，1. 减少。'), []);
  assert.deepEqual(inMarkdown('# 一、安装\n\n1、运行 3 次，见第 208 页；A01 号机房，2024-12-31 前，其中：4 台。\n\n- 5%\n- [2025] 7'), []);
  assert.deepEqual(inMarkdown('| a | 合计 |\n| --- | --- |\n| 208 | 12.50 |\n| - | 2 |'), []);
});

test('code in Markdown stays code', options, () => {
  assert.deepEqual(inMarkdown('```text\n收入增加20万元\n| 科目编码 | 12.50 |\n```\n\n    缩进的20万元\n\n`20万元`'), []);
});

for (const { name, file, text } of fixtures('.md').filter(({ name }) => !name.includes('README'))) {
  test(`every amount in the tables of ${name} is coloured as one`, options, () => {
    const lines = text.split(/\r?\n/);
    const coloured = tokens(lines.join('\n'), markdown);
    for (const { line, column, text: printed } of amounts(file, lines).filter(({ line }) => lines[line].startsWith('|'))) {
      const token = coloured[line].find(({ start }) => start === column);
      assert.equal(token?.text, printed, `line ${line + 1}: ${lines[line]}`);
      assert.ok(token.scopes.includes('constant.numeric.figure.disclosure'), `line ${line + 1}: ${token.scopes}`);
    }
  });
}
