// The VSIX of every platform whose Rust target and linker are on this machine; says which were left out, and why.
// In a release each platform is made on a machine of its own: see .github/workflows/release.yml.
import { spawnSync } from 'node:child_process';

import { TARGETS, here, installed } from './targets.mjs';
import { built, vsix } from './vsix.mjs';

const made = [];
const left = [];
const targets = installed();
for (const [target, rust] of Object.entries(TARGETS)) {
  if (!targets.includes(rust)) {
    left.push(`${target}: rustup target add ${rust}`);
    continue;
  }
  const cargo = spawnSync('cargo', ['build', '--release', '--locked', '-p', 'gouji', '--target', rust], { stdio: 'inherit' });
  if (cargo.status === 0) {
    made.push(vsix(target, built(rust)));
  } else {
    left.push(`${target}: cargo does not build ${rust} here`);
  }
}
if (made.length === 0) {
  console.log(`no cross target is installed; this machine's own:`);
  made.push(vsix(here(), built()));
}
left.forEach((line) => console.log(`left out ${line}`));
