// The snippets: put one after the other they are a disclosure that the server reads and finds nothing wrong with.
import assert from 'node:assert/strict';
import test from 'node:test';

import { filled, slips } from './support/filled.mjs';
import { readJson } from './support/places.mjs';
import { checkText } from './support/server.mjs';
import { inserted, rows, unfilled } from './support/snippets.mjs';

const text = readJson('snippets/disclosure.json');
const markdown = readJson('snippets/disclosure-markdown.json');
const kinds = [
  { kind: 'text', snippets: text, extension: '.txt', title: '某某局2025年部门预算公开\n\n' },
  { kind: 'Markdown', snippets: markdown, extension: '.md', title: '# 某某局2025年部门预算公开\n\n' },
];
const together = (snippets, figures = {}) =>
  Object.entries(snippets)
    .map(([name, snippet]) => inserted(snippet, figures[name]))
    .join('\n');
const serious = (findings) => findings.filter(({ severity }) => severity === 'error' || severity === 'warning');
const said = (findings) => serious(findings).map(({ rule, text: found, message }) => `${rule} ${found} ${message}`);

const tables = [
  ...['部门收支总表', '部门收入总表', '部门支出总表', '财政拨款收支总表', '一般公共预算支出表', '一般公共预算基本支出表'],
  ...['三公经费支出表', '政府性基金预算支出表', '国有资本经营预算支出表'],
];

test('all nine tables and the sections of the narrative are there', () => {
  for (const name of [...tables, '收支总体情况', '收入说明', '支出说明', '财政拨款收支情况', '一般公共预算支出情况', '三公经费说明',
    '机关运行经费', '政府采购', '国有资产占用', '预算绩效', '名词解释']) {
    assert.ok(name in text, name);
  }
});

test('both kinds have the same snippets with the same prefixes, and the same cells in their tables', () => {
  assert.deepEqual(Object.keys(markdown), Object.keys(text));
  for (const name of Object.keys(text)) {
    assert.deepEqual(markdown[name].prefix, text[name].prefix);
    assert.deepEqual(markdown[name].description, text[name].description);
    assert.deepEqual(rows(inserted(markdown[name], filled[name])), rows(inserted(text[name], filled[name])));
  }
});

test('each snippet has a Chinese prefix and the initials of its pinyin, and no two share one', () => {
  const all = Object.values(text).flatMap(({ prefix }) => prefix);
  assert.deepEqual(all.filter((prefix, at) => all.indexOf(prefix) !== at), []);
  for (const { prefix } of Object.values(text)) {
    assert.match(prefix[0], /^[\u4e00-\u9fff]{2,}$/);
    assert.match(prefix.at(-1), /^[a-z]{3,6}$/);
  }
});

for (const { kind, snippets, extension, title } of kinds) {
  test(`every tab stop in ${kind} has a placeholder, and the last is the end`, () => {
    for (const [name, snippet] of Object.entries(snippets)) {
      assert.deepEqual(unfilled(snippet), [], name);
      assert.equal(snippet.body.at(-1), '$0', name);
    }
  });

  test(`no line of ${kind} begins with white space, which editors change when they insert a snippet`, () => {
    for (const [name, { body }] of Object.entries(snippets)) {
      assert.deepEqual(body.filter((line) => /^\s/.test(line)), [], name);
    }
  });

  test(`all rows of a table in ${kind} have as many cells as its head`, () => {
    for (const [name, snippet] of Object.entries(snippets)) {
      const widths = new Set(rows(inserted(snippet)).map((row) => row.length));
      assert.ok(widths.size <= 1, `${name}: ${[...widths]}`);
    }
  });

  test(`inserted in ${kind} as they are, they are a disclosure without a finding, and nearly every amount is checked`, () => {
    const { document, findings, coverage } = checkText(title + together(snippets), extension);
    assert.deepEqual([document?.kind, document?.year, document?.unit], ['预算', 2025, '万元']);
    assert.deepEqual(said(findings), []);
    assert.ok(coverage.amounts > 200);
    assert.ok(coverage.checked > 0.9 * coverage.amounts);
  });

  test(`filled in ${kind} with figures that agree, they have no finding`, () => {
    assert.deepEqual(said(checkText(title + together(snippets, filled), extension).findings), []);
  });

  test(`filled in ${kind} and stripped of white space at the ends of lines, they have no finding`, () => {
    const stripped = together(snippets, filled).replace(/[ \t]+$/gm, '');
    assert.deepEqual(said(checkText(title + stripped, extension).findings), []);
  });

  for (const [name, [stop, figure]] of Object.entries(slips)) {
    test(`one wrong figure in ${name} (${kind}) is found`, () => {
      const wrong = { ...filled, [name]: { ...filled[name], [stop]: figure } };
      const { findings } = checkText(title + together(snippets, wrong), extension);
      // A hint will do: whether 机关运行经费 is 公用经费 depends on what kind of body it is.
      const agreeing = checkText(title + together(snippets, filled), extension).findings;
      assert.ok(findings.length > agreeing.length, JSON.stringify(said(findings)));
    });
  }
}
