// Takes the two pictures of the README: a finding with its hover and the bulb; the menu of fixes with the Problems panel.
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { fixture, root } from '../harness/artefacts.mjs';
import { browse } from '../harness/browser.mjs';
import { Workbench } from '../harness/workbench.mjs';
import { packaged } from '../harness/vsix.mjs';
import { Editor } from './editor.mjs';

const docs = path.join(root, 'docs');
mkdirSync(docs, { recursive: true });
const name = '2025年部门预算公开.txt';
const text = readFileSync(fixture('wide/jiaotong-faulty.txt'), 'utf8');
const lineOf = (what) => text.split('\n').findIndex((line) => line.includes(what)) + 1;

async function picture(file, { theme, colorScheme, height }, take) {
  const bench = await Workbench.start({
    vsix: packaged(),
    files: { [name]: text },
    settings: {
      'gouji.locale': 'zh',
      'workbench.colorTheme': theme,
      'workbench.activityBar.location': 'hidden',
      'workbench.layoutControl.enabled': false,
      'window.commandCenter': false,
      'editor.minimap.enabled': false,
      'editor.stickyScroll.enabled': false,
      'editor.wordWrap': 'off',
      'editor.fontFamily': "'Noto Sans Mono CJK SC', monospace",
      'breadcrumbs.enabled': false,
    },
  });
  const { browser, page } = await browse({ width: 1180, height, scale: 1.5, colorScheme });
  try {
    const editor = new Editor(page);
    await editor.load(bench.url([['openFile', bench.remote(bench.path(name))]]));
    await page.keyboard.press('Control+B');
    await editor.see('.statusbar-item', /预决算公开|Budget disclosure/);
    await take(editor, page);
    await page.screenshot({ path: path.join(docs, file) });
    console.log(`docs/${file}`);
  } finally {
    await browser.close();
    bench.stop();
  }
}

await picture('finding.png', { theme: 'Default Light Modern', colorScheme: 'light', height: 620 }, async (editor) => {
  const line = lineOf('行政事业单位医疗                    30.38     33.08');
  const bulb = await editor.bulb('error', line + 5);
  await editor.hover(await editor.seeSquiggle('error'), '30.38');
  await bulb.waitFor();
});

await picture('fixes.png', { theme: 'Default Dark Modern', colorScheme: 'dark', height: 560 }, async (editor, page) => {
  const line = lineOf('客运场站维护费35.80万元');
  await editor.problems();
  await editor.open(name);
  const bulb = await editor.bulb('error', line - 2);
  await bulb.click();
  await editor.menu('38.50');
  await page.mouse.move(2, 2);
});
