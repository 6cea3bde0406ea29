// Where things are: the extension's folder, the repository, the server, the fixtures.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const extension = fileURLToPath(new URL('../../..', import.meta.url));
export const repository = path.resolve(extension, '../..');
export const gouji = process.env.GOUJI ?? path.join(repository, 'target/release/gouji');
const editors = process.env.GOUJI_EDITORS ?? path.join(repository, 'target/editors');

export const read = (name) => readFileSync(path.join(extension, name), 'utf8');
export const readJson = (name) => JSON.parse(read(name));

/** The Markdown grammar of an installed VS Code; undefined where none is installed. */
export function markdownGrammar() {
  const inside = 'node_modules/code-server/lib/vscode/extensions/markdown-basics/syntaxes/markdown.tmLanguage.json';
  return ['vscode', 'vscode-current'].map((name) => path.join(editors, name, inside)).find(existsSync);
}

/** The fixtures with such extensions, each with its text. GB18030 is read too. */
export function fixtures(...extensions) {
  const root = path.join(repository, 'fixtures');
  return readdirSync(root, { recursive: true })
    .filter((name) => extensions.includes(path.extname(name)))
    .sort()
    .map((name) => ({ name, file: path.join(root, name), text: decode(readFileSync(path.join(root, name))) }));
}

function decode(bytes) {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}
