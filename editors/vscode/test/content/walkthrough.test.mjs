// The walkthrough's pictures: drawn for any theme, and of the sample as it is.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';

import { extension, read, readJson } from './support/places.mjs';

const folder = path.join(extension, 'walkthrough');
const pictures = readdirSync(folder).map((name) => ({ name, svg: read(`walkthrough/${name}`) }));
const steps = readJson('package.json').contributes.walkthroughs?.flatMap((walkthrough) => walkthrough.steps) ?? [];
const [sampleName] = readdirSync(path.join(extension, 'samples'));
const sample = read(`samples/${sampleName}`);

test('each picture belongs to one step, and each step has one', () => {
  const shown = steps.map(({ media }) => media.svg);
  assert.deepEqual(shown.toSorted(), pictures.map(({ name }) => `walkthrough/${name}`).toSorted());
});

test('the texts name figures and codes of the sample', () => {
  for (const language of ['package.nls.json', 'package.nls.zh-cn.json']) {
    const texts = Object.entries(readJson(language)).filter(([key]) => key.startsWith('walkthrough.'));
    assert.ok(texts.length > 0);
    const figures = texts.flatMap(([, text]) => text.match(/[0-9]+\.[0-9]{2}|[0-9]{7}/g) ?? []);
    assert.deepEqual([...new Set(figures)].filter((figure) => !sample.includes(figure)), []);
  }
});

for (const { name, svg } of pictures) {
  test(`${name} takes every colour from the theme, with another for where there is none`, () => {
    const colours = [...svg.matchAll(/(?:fill|stroke)="([^"]*)"/g)].map(([, colour]) => colour);
    const foreign = colours.filter((colour) => colour !== 'none' && !/^var\(--vscode-[A-Za-z-]+, .+\)$/.test(colour));
    assert.deepEqual(foreign, []);
  });

  test(`${name} has nothing that a walkthrough leaves out: styles, scripts, links`, () => {
    assert.doesNotMatch(svg, /<style|style=|<script|href=|url\(|<image|<foreignObject/);
  });

  test(`${name} is a small drawing with a title`, () => {
    assert.ok(svg.length < 8000);
    assert.match(svg, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="\d+" height="\d+" viewBox="[\d ]+" role="img">\n {2}<title>[^<]+<\/title>/);
  });

  test(`every figure and every code in ${name} is in the sample`, () => {
    const words = [...svg.matchAll(/<text[^>]*>([^<]*)</g)].flatMap(([, text]) => text.match(/[0-9]+\.[0-9]{2}|\b[0-9]{3,7}\b(?!年)/g) ?? []);
    assert.deepEqual(words.filter((word) => !sample.includes(word)), []);
  });
}
