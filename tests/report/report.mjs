// The HTML report in a real browser: filters, marks, tables, paper. Run by `editors/tests/run report`.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { artefacts, fixture } from '../../editors/vscode/test/harness/artefacts.mjs';
import { browse } from '../../editors/vscode/test/harness/browser.mjs';

const pictures = artefacts('report');
const gouji = process.env.GOUJI;
assert.ok(gouji, 'GOUJI names the program to test');

/** The report over some paths, as a file. */
function report(...paths) {
  let html;
  try {
    html = execFileSync(gouji, ['check', '--format', 'html', ...paths], { encoding: 'utf8', maxBuffer: 1 << 28 });
  } catch (error) {
    assert.equal(error.status, 1, `check: ${error.stderr}`);
    html = error.stdout;
  }
  const file = path.join(mkdtempSync(path.join(os.tmpdir(), 'gouji-report-')), 'report.html');
  writeFileSync(file, html);
  return pathToFileURL(file).href;
}

const { browser, page } = await browse({ width: 1250, height: 900 });
let passed = 0;
async function test(name, run) {
  try {
    await run();
    passed += 1;
    console.log(`ok ${name}`);
  } catch (error) {
    await page.screenshot({ path: path.join(pictures, 'failed.png') });
    console.error(`not ok ${name}\n${error.stack}`);
    process.exitCode = 1;
  }
}

const trouble = [];
page.on('pageerror', (error) => trouble.push(String(error)));
page.on('request', (request) => request.url().startsWith('file:') || trouble.push(`asks for ${request.url()}`));
await page.goto(report(fixture('tab/nongye-faulty.txt'), fixture('tab/nongye.txt')));
await page.screenshot({ path: path.join(pictures, 'top.png') });
const visible = () => page.locator('.finding:visible').count();

await test('findings are filtered by severity, rule and words', async () => {
  const all = await visible();
  assert.ok(all >= 3);
  await page.locator('input[value=error]').uncheck();
  assert.equal(await visible(), await page.locator('.finding:not(.error)').count());
  await page.locator('input[value=error]').check();
  await page.locator('select[name=rule]').selectOption('AS01');
  assert.equal(await visible(), 1);
  await page.locator('select[name=rule]').selectOption('');
  await page.locator('input[name=text]').fill('512.52');
  assert.equal(await visible(), 1);
  assert.match(await page.locator('.filters output').textContent(), new RegExp(`^1 / ${all}$`));
  await page.locator('input[name=text]').fill('');
  assert.equal(await visible(), all);
});

await test('evidence stands beside the figure at fault', async () => {
  const card = page.locator('.finding[data-rule=AS01]');
  const fault = await card.locator('.fault').boundingBox();
  const evidence = await card.locator('.evidence').boundingBox();
  assert.ok(evidence.x > fault.x + fault.width - 1 && Math.abs(evidence.y - fault.y) < 2);
  assert.equal(await card.locator('.fault mark').first().textContent(), '512.52');
});

await test('a figure tells its relations, a relation its figures', async () => {
  const chapter = page.locator('.chapter').first();
  const wrong = chapter.locator('.cells td.contradicted').first();
  assert.ok(await wrong.isVisible(), 'a table with a contradiction is open');
  await wrong.click();
  assert.match(await chapter.locator('.told').textContent(), /AS01 不符：.*512\.52/);
  assert.ok((await chapter.locator('.grid i.chosen').count()) >= 1);
  await chapter.locator('.grid i.contradicted').last().click();
  assert.equal(await chapter.locator('.grid i.chosen').count(), 1);
  await page.screenshot({ path: path.join(pictures, 'overview.png') });
});

await test('every relation is a mark with one of four meanings, and the colours differ', async () => {
  const colours = new Set();
  for (const verdict of ['exact', 'rounded', 'contradicted', 'unchecked']) {
    colours.add(await page.locator(`.legend i.${verdict}`).first().evaluate((mark) => getComputedStyle(mark).backgroundColor));
  }
  assert.equal(colours.size, 4);
});

await test('nothing is wider than the window, wide tables scroll in themselves', async () => {
  for (const width of [1250, 420]) {
    await page.setViewportSize({ width, height: 900 });
    const spill = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(spill <= 0, `${spill} px at ${width}`);
  }
  await page.setViewportSize({ width: 1250, height: 900 });
});

await test('on paper the tables are open and the filters gone', async () => {
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.locator('details:not([open])').count(), 0);
  assert.ok(!(await page.locator('.filters').isVisible()));
  const paper = await page.pdf({ path: path.join(pictures, 'report.pdf'), format: 'A4' });
  assert.ok(paper.length > 20_000);
  await page.emulateMedia({ media: 'screen' });
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  assert.ok((await page.locator('details:not([open])').count()) > 0);
});

await test('nothing failed and nothing was asked of a network', () => assert.deepEqual(trouble, []));

await browser.close();
console.log(`${passed} passed, ${process.exitCode ? 'some' : 0} failed`);
