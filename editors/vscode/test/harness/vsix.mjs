// The package under test: the one for this machine, as `npm run package` leaves it.
import { existsSync } from 'node:fs';
import path from 'node:path';

import { here } from '../../scripts/targets.mjs';

export function packaged() {
  const file = path.resolve(import.meta.dirname, `../../out/gouji-${here()}.vsix`);
  if (!existsSync(file)) {
    throw new Error('no VSIX in editors/vscode/out: npm run package makes it');
  }
  return file;
}
