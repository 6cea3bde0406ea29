// Runs the API tests inside the real extension host: the workbench is told to load the extension from this folder and to
// call `run` of the bundled tests; it hands back their exit code.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { bundle } from '../../scripts/bundle.mjs';
import { artefacts, fixture } from '../harness/artefacts.mjs';
import { browse } from '../harness/browser.mjs';
import { Workbench } from '../harness/workbench.mjs';

const LIMIT_MS = 240_000;
const here = path.resolve(import.meta.dirname, '../..');
const kept = artefacts('vscode-api');

await bundle({
  entryPoints: [path.join(here, 'test/api/index.ts')],
  outfile: path.join(here, 'out/api/index.js'),
});

const bench = await Workbench.start();
mkdirSync(bench.path('fixtures'), { recursive: true });
for (const folder of ['tab', 'md', 'sep', 'plain']) {
  cpSync(fixture(folder), bench.path(`fixtures/${folder}`), { recursive: true });
}
const { browser, page } = await browse();
const noise = [];
let code = 1;
try {
  const ended = new Promise((resolve) => {
    setTimeout(() => resolve('no end within the limit'), LIMIT_MS).unref();
    void page.exposeFunction('codeAutomationExit', resolve);
  });
  // The workbench forwards every console to the page; the tests speak as `info`.
  await page.exposeFunction('codeAutomationLog', (type, args) => {
    noise.push(`${type} ${args.join(' ')}`);
    if (type === 'info') {
      console.log(...args);
    }
  });
  await page.goto(
    bench.url([
      ['extensionDevelopmentPath', bench.remote(here)],
      ['extensionTestsPath', bench.remote(path.join(here, 'out/api/index.js'))],
    ]),
  );
  code = await ended;
} finally {
  if (code !== 0) {
    await page.screenshot({ path: path.join(kept, 'failed.png') }).catch(() => {});
    writeFileSync(path.join(kept, 'console.log'), noise.join('\n'));
    const log = readFileSync(path.join(kept, 'console.log'), 'utf8').split('\n').filter((line) => line.startsWith('error'));
    console.log(log.slice(-5).join('\n'));
    console.log(`screenshot and logs: ${kept}`);
  }
  await browser.close();
  bench.stop(code === 0 ? undefined : kept);
}
process.exit(code === 0 ? 0 : 1);
