// The colours of a disclosure: which words get which scope.
import assert from 'node:assert/strict';
import test from 'node:test';

import { marked, tokens } from './support/grammar.mjs';
import { fixtures } from './support/places.mjs';
import { amounts } from './support/server.mjs';

const amount = (text) => `${text} → constant.numeric.figure`;
const money = (unit = '万元') => `${unit} → keyword.other.unit.money`;

test('amounts have separators, decimals, full-width digits and signs, and their unit', () => {
  assert.deepEqual(marked('共1,234.56万元'), [amount('1,234.56'), money()]);
  assert.deepEqual(marked('共１，２３４．５６万元'), [amount('１，２３４．５６'), money()]);
  assert.deepEqual(marked('共 12 亿元'), [amount('12'), money(' 亿元')]);
  assert.deepEqual(marked('计0.5元。'), [amount('0.5'), money('元')]);
  for (const sign of ['-', '－', '−', '△', '▲']) {
    assert.deepEqual(marked(`\t${sign}3.60`), [amount(`${sign}3.60`)], sign);
  }
});

test('a sign between two numbers is no minus', () => {
  assert.deepEqual(marked('组织2-3次'), [amount('2'), amount('3'), '次 → keyword.other.unit.count']);
  assert.deepEqual(marked('1月-5月'), ['1月 → variable.other.constant.date', '5月 → variable.other.constant.date']);
});

test('two numbers with a comma between them are two numbers', () => {
  assert.deepEqual(marked('4125.49，4143.91万元'), [amount('4125.49'), amount('4143.91'), money()]);
  assert.deepEqual(marked('其他,6,108.40'), [amount('6'), amount('108.40')]);
});

test('shares and counts have their units', () => {
  const percent = (unit) => `${unit} → keyword.other.unit.percent`;
  const count = (unit) => `${unit} → keyword.other.unit.count`;
  assert.deepEqual(marked('占12.5%'), [amount('12.5'), percent('%')]);
  assert.deepEqual(marked('占１２．５％'), [amount('１２．５'), percent('％')]);
  assert.deepEqual(marked('上升6.6个百分点').slice(1), [amount('6.6'), percent('个百分点')]);
  assert.deepEqual(marked('保有3辆、120人次、640平方米、5个项目、2台'), [
    ...[amount('3'), count('辆'), amount('120'), count('人次'), amount('640'), count('平方米')],
    ...[amount('5'), count('个'), amount('2'), count('台')],
  ]);
});

test('a word that only begins like a unit is none', () => {
  assert.deepEqual(marked('其他3项目'), [amount('3')]);
  assert.deepEqual(marked('用于33万参保人员'), [amount('33')]);
  assert.deepEqual(marked('共20人员'), [amount('20')]);
});

test('a sign for nothing is nil in a cell, and a dash in a sentence is a dash', () => {
  for (const sign of ['—', '－', '-', '--', '——']) {
    assert.deepEqual(marked(`\t办公费\t${sign}\t`), [`${sign} → constant.language.nil`], sign);
    assert.deepEqual(marked(`| 办公费 | ${sign} |`), [`${sign} → constant.language.nil`], sign);
  }
  assert.deepEqual(marked('办公费    —    1.20'), ['— → constant.language.nil', amount('1.20')]);
  assert.deepEqual(marked('依法公开——接受监督'), []);
  assert.deepEqual(marked('| --- | --- |'), []);
});

test('科目 codes have three, five or seven digits before their name', () => {
  const subject = (code) => `${code} → entity.name.type.subject`;
  for (const code of ['213', '21303', '2130306', '301', '30217']) {
    assert.deepEqual(marked(`${code}\t水利支出\t46.80`), [subject(code), amount('46.80')]);
    assert.deepEqual(marked(`| ${code} | 水利支出 | 46.80 |`), [subject(code), amount('46.80')]);
    assert.deepEqual(marked(`8 ${code} 水利支出 46.80`), ['8 → comment.line.serial', subject(code), amount('46.80')]);
    assert.deepEqual(marked(`\t${code}`), [subject(code)]);
  }
  assert.deepEqual(marked('30217公务接待费 1.20'), [subject('30217'), amount('1.20')]);
  assert.deepEqual(marked('208  05  05  养老保险缴费  1.20'), [subject('208  05  05'), amount('1.20')]);
});

test('an amount in a row is no 科目 code', () => {
  const number = (text) => `${text} → punctuation.definition.list.begin.markdown`;
  assert.deepEqual(marked('1\t一、拨款收入\t208\t八、社会保障支出'), [
    ...['1 → comment.line.serial', number('一、'), amount('208'), number('八、')],
  ]);
  assert.deepEqual(marked('共 208 万元'), [amount('208'), money(' 万元')]);
  assert.deepEqual(marked('\t12650'), [amount('12650')]);
});

test('品目, projects and bodies have codes of their own', () => {
  assert.deepEqual(marked('复印纸\tA05040101\t箱'), ['A05040101 → entity.name.type.item']);
  assert.deepEqual(marked('维修\tC23120301'), ['C23120301 → entity.name.type.item']);
  assert.deepEqual(marked('\t13990725P87244039301J'), ['13990725P87244039301J → entity.name.type.project']);
  assert.deepEqual(marked('316岚桥区司法局\t'), ['316 → entity.name.type.body']);
  assert.deepEqual(marked('用A4纸'), []);
});

test('years and dates are no amounts', () => {
  const year = (text) => `${text} → variable.other.constant.year`;
  const date = (text) => `${text} → variable.other.constant.date`;
  assert.deepEqual(marked('2025年，与2024年度、２０２３年、二〇二二年相比'), [
    ...[year('2025年'), year('2024年度'), year('２０２３年'), year('二〇二二年')],
  ]);
  assert.deepEqual(marked('预算年度：2025').at(-1), year('2025'));
  assert.deepEqual(marked('截止时间：2024-12-31').at(-1), date('2024-12-31'));
  assert.deepEqual(marked('2024年12月31日，3月底'), [date('2024年12月31日'), date('3月底')]);
  assert.deepEqual(marked('怀财字〔2025〕7号'), ['〔2025〕7号 → string.other.document-number']);
});

test('headings have their level', () => {
  const heading = (level, text) => [`${text} → markup.heading.${level}`];
  for (const [level, text] of [
    [1, '云檀县水利局2025年部门预算公开'],
    [1, '第一部分  部门预算情况说明'],
    [1, '附件2：有关表格说明'],
    [2, '二、部门预算安排的总体情况'],
    [3, '（一）总体绩效目标'],
    [4, '1、收入说明'],
    [4, '2. 支出说明'],
  ]) {
    assert.deepEqual(marked(text), heading(level, text));
    assert.deepEqual(marked(`  ${text}`), heading(level, text));
  }
});

test('a paragraph with a number, or a row, is no heading', () => {
  const list = (text) => [`${text} → punctuation.definition.list.begin.markdown`];
  assert.deepEqual(marked('1、负责水利工程的建设和运行管理。'), list('1、'));
  assert.deepEqual(marked('（一）总体情况。全面完成任务。'), list('（一）'));
  assert.deepEqual(marked('\t一、一般公共预算拨款收入'), list('一、'));
  assert.deepEqual(marked('一、公务接待费 1.20').slice(1), [amount('1.20')]);
});

test('table titles are headings, after a bookmark too', () => {
  const title = (text) => `${text} → markup.heading.table`;
  for (const name of [
    ...['部门收支总表', '部门预算财政拨款“三公”经费支出表', '附表1：一般公共预算支出表', '3、普法宣传专项经费绩效目标表'],
    ...['收支总表（续）', '部门政府采购预算'],
  ]) {
    assert.deepEqual(marked(name), [title(name)]);
    assert.deepEqual(marked(`          ${name}`), [title(name)]);
  }
  assert.deepEqual(marked('[bookmark: _Toc_9_2]部门预算收支总表'), [
    '[bookmark: _Toc_9_2] → comment.block.bookmark',
    title('部门预算收支总表'),
  ]);
  assert.deepEqual(marked('\t电能表'), []);
  assert.deepEqual(marked('具体内容见下表'), []);
});

test('labels, totals and words of change are told apart', () => {
  const change = (text, kind) => `${text} → keyword.control.change.${kind}`;
  assert.deepEqual(marked('单位：万元'), ['单位 → variable.other.label', '万元 → keyword.other.unit']);
  assert.deepEqual(marked('金额单位: 元'), ['金额单位 → variable.other.label', '元 → keyword.other.unit']);
  assert.deepEqual(marked('预算金额（万元）'), ['万元 → keyword.other.unit']);
  assert.deepEqual(marked('\t合  计\t小计\t收入总计'), ['合  计', '小计', '总计'].map((word) => `${word} → keyword.other.total`));
  assert.deepEqual(marked('收入增加，支出减少，其余持平；同比增长，又下降'), [
    ...[change('增加', 'increase'), change('减少', 'decrease'), change('持平', 'none')],
    ...[change('增长', 'increase'), change('下降', 'decrease')],
  ]);
  assert.deepEqual(marked('其中：基本支出'), ['其中 → keyword.other.parts']);
  assert.deepEqual(marked('总计划和增长点'), []);
});

test('numbers of columns and of pages are no amounts', () => {
  for (const line of ['栏次\t1\t2\t3', '栏次  1   2   3', '— 12 —', '- 3 -', '第 3 页 共 20 页']) {
    const [only, ...more] = marked(line);
    assert.match(only, /→ comment\.line\.(columns|page)$/, line);
    assert.deepEqual(more, [], line);
  }
});

for (const { name, file, text } of fixtures('.txt', '.tsv', '.csv').filter(({ name }) => !name.startsWith('plain'))) {
  test(`every amount of ${name} is coloured as one, whole`, () => {
    const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
    const coloured = tokens(lines.join('\n'));
    const found = amounts(file, lines);
    assert.ok(found.length >= 50, `only ${found.length} amounts`);
    for (const { line, column, text: printed } of found) {
      const token = coloured[line].find(({ start }) => start === column);
      assert.equal(token?.text, printed, `line ${line + 1}: ${lines[line]}`);
      assert.ok(token.scopes.includes('constant.numeric.figure.disclosure'), `line ${line + 1}: ${token.scopes}`);
    }
  });
}
