// Makes one VSIX: the bundle, the server program, the licences.
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const here = path.resolve(import.meta.dirname, '..');
const root = path.resolve(here, '../..');

/** The VSIX of a target with a program; gives its path and says its size. */
export function vsix(target, program) {
  if (!existsSync(program)) {
    throw new Error(`no server program at ${program}: run cargo build --release -p gouji first`);
  }
  execFileSync(process.execPath, ['scripts/bundle.mjs'], { cwd: here, stdio: 'inherit' });
  rmSync(path.join(here, 'server'), { recursive: true, force: true });
  mkdirSync(path.join(here, 'server'));
  const placed = path.join(here, 'server', target.startsWith('win32') ? 'gouji.exe' : 'gouji');
  copyFileSync(program, placed);
  chmodSync(placed, 0o755);
  const licences = ['LICENSE-MIT', 'LICENSE-APACHE'].map((name) => readFileSync(path.join(root, name), 'utf8'));
  writeFileSync(path.join(here, 'LICENSE.txt'), `MIT or Apache-2.0, as you choose.\n\n${licences.join('\n\n')}`);
  const out = path.join(here, 'out', `gouji-${target}.vsix`);
  mkdirSync(path.dirname(out), { recursive: true });
  const vsce = path.join(here, 'node_modules', '@vscode', 'vsce', 'vsce');
  execFileSync(process.execPath, [vsce, 'package', '--no-dependencies', '--target', target, '--out', out], {
    cwd: here,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  console.log(`${path.relative(process.cwd(), out)}: ${(statSync(out).size / 2 ** 20).toFixed(1)} MB`);
  return out;
}

/** The program that cargo built, for this machine or for a Rust target. */
export function built(rustTarget) {
  const folder = process.env.CARGO_TARGET_DIR ?? path.join(root, 'target');
  const name = rustTarget?.includes('windows') || (!rustTarget && process.platform === 'win32') ? 'gouji.exe' : 'gouji';
  return path.join(folder, rustTarget ?? '', 'release', name);
}
