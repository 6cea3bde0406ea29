// How long a person waits for the first squiggle: a disclosure is opened in a workbench whose extension host is up and where
// nothing of the extension has run. Beside it, in turns, an empty extension that puts a squiggle of its own as soon as
// it is activated: the floor under every extension.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { browse } from '../harness/browser.mjs';
import { packaged } from '../harness/vsix.mjs';
import { Workbench } from '../harness/workbench.mjs';
import { Editor } from './editor.mjs';

const ROUNDS = 5;
const here = path.resolve(import.meta.dirname, '../..');
const [sample] = readdirSync(path.join(here, 'samples'));
const text = readFileSync(path.join(here, 'samples', sample), 'utf8');
const scratch = mkdtempSync(path.join(tmpdir(), 'gouji-cold-'));

function emptyExtension() {
  const folder = path.join(scratch, 'empty');
  mkdirSync(folder);
  const manifest = {
    name: 'empty',
    publisher: 'floor',
    version: '0.0.1',
    license: 'MIT',
    engines: { vscode: '^1.91.0' },
    main: './main.js',
    activationEvents: ['onLanguage:plaintext'],
  };
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(path.join(folder, 'README.md'), 'Nothing.');
  writeFileSync(
    path.join(folder, 'main.js'),
    `const vscode = require('vscode');
    exports.activate = () => {
      const found = vscode.languages.createDiagnosticCollection('floor');
      const mark = ({ languageId, uri }) => languageId === 'plaintext' && found.set(uri, [new vscode.Diagnostic(new vscode.Range(0, 0, 0, 4), 'floor')]);
      vscode.workspace.textDocuments.forEach(mark);
      vscode.workspace.onDidOpenTextDocument(mark);
    };`,
  );
  const vsix = path.join(scratch, 'empty.vsix');
  const vsce = path.join(here, 'node_modules/@vscode/vsce/vsce');
  execFileSync(process.execPath, [vsce, 'package', '--no-dependencies', '--allow-missing-repository', '--skip-license', '--out', vsix], { cwd: folder, stdio: 'ignore' });
  return vsix;
}

async function measure(vsix) {
  // A broken JSON file gets its squiggle from an extension too: once it is there, the extension host is up.
  const bench = await Workbench.start({ vsix, files: { 'ready.json': '{"a": }', [sample]: text } });
  const { browser, page } = await browse({ height: 1000 });
  try {
    const editor = new Editor(page);
    await editor.load(bench.url([['openFile', bench.remote(bench.path('ready.json'))]]));
    await editor.seeSquiggle('error');
    await editor.choose(sample);
    const start = performance.now();
    await page.keyboard.press('Enter');
    await page.waitForFunction(
      (name) => document.querySelector('.tab.active')?.textContent?.includes(name) && document.querySelector('.editor-instance .squiggly-error'),
      sample,
      { polling: 'raf', timeout: 60_000 },
    );
    return performance.now() - start;
  } finally {
    await browser.close();
    bench.stop();
  }
}

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
try {
  const floor = emptyExtension();
  const times = { gouji: [], empty: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    times.empty.push(await measure(floor));
    times.gouji.push(await measure(packaged()));
  }
  for (const [name, list] of Object.entries(times)) {
    console.log(`${name}: ${list.map((time) => time.toFixed(0)).join(' ')} ms, median ${median(list).toFixed(0)} ms`);
  }
  console.log(`gouji / empty: ${(median(times.gouji) / median(times.empty)).toFixed(2)}`);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
