// Tokens as VS Code makes them: its own libraries over our grammars.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import oniguruma from 'vscode-oniguruma';
import textmate from 'vscode-textmate';

import { markdownGrammar, read } from './places.mjs';

const wasm = createRequire(import.meta.url).resolve('vscode-oniguruma/release/onig.wasm');
await oniguruma.loadWASM(readFileSync(wasm));

const ours = (name) => textmate.parseRawGrammar(read(`syntaxes/${name}`), name);
const grammars = {
  'text.disclosure': () => ours('disclosure.tmLanguage.json'),
  'markdown.disclosure.injection': () => ours('markdown.disclosure.injection.tmLanguage.json'),
  'text.html.markdown': () => textmate.parseRawGrammar(readFileSync(markdownGrammar(), 'utf8'), 'markdown.json'),
};

const registry = new textmate.Registry({
  onigLib: Promise.resolve({
    createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
    createOnigString: (text) => new oniguruma.OnigString(text),
  }),
  loadGrammar: async (scope) => grammars[scope]?.() ?? null,
  getInjections: (scope) => (scope === 'text.html.markdown' ? ['markdown.disclosure.injection'] : undefined),
});

export const disclosure = await registry.loadGrammar('text.disclosure');
export const markdown = markdownGrammar() && (await registry.loadGrammar('text.html.markdown'));

/** The tokens of each line: text, place, and the scopes from the outermost to the innermost. */
export function tokens(text, grammar = disclosure) {
  let state = textmate.INITIAL;
  return text.split('\n').map((line) => {
    const result = grammar.tokenizeLine(line, state);
    state = result.ruleStack;
    return result.tokens.map(({ startIndex, endIndex, scopes }) => ({
      text: line.slice(startIndex, endIndex),
      start: startIndex,
      scopes,
    }));
  });
}

/** The words of a text that have a scope of ours, as `word → scope` without the last part, in order. */
export function marked(text, grammar) {
  return tokens(text, grammar)
    .flat()
    .map(({ text: word, scopes }) => [word, scopes.filter(isOurs).at(-1)?.replace('.disclosure', '')])
    .filter(([, scope]) => scope !== undefined)
    .map(([word, scope]) => `${word} → ${scope}`);
}

const isOurs = (scope) => scope.endsWith('.disclosure') && scope !== 'text.disclosure' && scope !== 'meta.table.disclosure';
