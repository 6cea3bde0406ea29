// Runs the tests that need no editor: bundles each of test/unit and test/content and hands it to Node's test runner.
import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';

import { bundle } from './bundle.mjs';

const out = 'out/unit';
rmSync(out, { recursive: true, force: true });
const written = readdirSync('test/unit').filter((name) => name.endsWith('.test.ts'));
await bundle({ entryPoints: written.map((name) => path.join('test/unit', name)), outdir: out });
const content = readdirSync('test/content').filter((name) => name.endsWith('.test.mjs'));
const files = [
  ...written.map((name) => path.join(out, name.replace(/ts$/, 'js'))),
  ...content.map((name) => path.join('test/content', name)),
];
const { status } = spawnSync(process.execPath, ['--test', ...files], { stdio: 'inherit' });
process.exit(status ?? 1);
