// In a workspace that is not trusted only the program of the extension is run: neither what the workspace's settings name nor
// what lies on the PATH.
import assert from 'node:assert';
import { chmodSync, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { artefacts, fixture } from '../harness/artefacts.mjs';
import { browse } from '../harness/browser.mjs';
import { packaged } from '../harness/vsix.mjs';
import { Workbench } from '../harness/workbench.mjs';
import { Editor } from './editor.mjs';

const kept = artefacts('vscode-untrusted');
const name = '2025年部门预算公开.txt';
const faulty = readFileSync(fixture('tab/nongye-faulty.txt'), 'utf8');
const line = faulty.split('\n').findIndex((text) => text.trim() === '512.52') + 1;

const bench = await Workbench.start({
  vsix: packaged(),
  trusted: false,
  files: { [name]: faulty, 'trap/gouji': '' },
  settings: { 'security.workspace.trust.enabled': true, 'security.workspace.trust.startupPrompt': 'never', 'security.workspace.trust.untrustedFiles': 'open' },
});
bench.write('trap/gouji', `#!/bin/sh\ntouch '${bench.path('sprung')}'\n`);
chmodSync(bench.path('trap/gouji'), 0o755);
bench.write('.vscode/settings.json', JSON.stringify({ 'gouji.server.path': bench.path('trap/gouji') }));
const { browser, page } = await browse();
const editor = new Editor(page);
let failure;
try {
  await editor.load(bench.url([['openFile', bench.remote(bench.path(name))]]));
  await editor.see('.statusbar-item', 'Restricted Mode');
  await editor.goTo(line);
  await editor.seeSquiggle('error');
  await page.screenshot({ path: path.join(kept, 'restricted.png') });
  assert.ok(!existsSync(bench.path('sprung')), "the workspace's program was not run");
  console.log('ok   an untrusted workspace is checked, by the bundled program');
} catch (error) {
  failure = error;
  await page.screenshot({ path: path.join(kept, 'failed.png') }).catch(() => {});
  console.log(`FAIL ${error.stack}`);
} finally {
  await browser.close();
  bench.stop(failure && kept);
}
console.log(`${failure ? 0 : 1} passed, ${failure ? 1 : 0} failed`);
process.exit(failure ? 1 : 0);
