// Where a failed run leaves its screenshot and logs.
import { mkdirSync } from 'node:fs';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../../../..');

export function artefacts(name) {
  const folder = path.join(process.env.GOUJI_ARTEFACTS ?? path.join(root, 'target/editor-tests'), name);
  mkdirSync(folder, { recursive: true });
  return folder;
}

export function fixture(name) {
  return path.join(root, 'fixtures', name);
}
