// Snippets as an editor inserts them: placeholders, mirrors, choices and variables, with some placeholders filled in.
const YEAR = '2025';

/** The text of a snippet. `figures` fills tab stops by number; the others keep their placeholder. */
export function inserted({ body }, figures = {}) {
  const values = new Map(Object.entries(figures));
  const keep = (stop, value) => values.get(stop) ?? (values.set(stop, value), value);
  return body
    .join('\n')
    .replaceAll('$CURRENT_YEAR', YEAR)
    .replace(/\$\{(\d+)\|([^|}]+)\|\}/g, (_, stop, choices) => keep(stop, choices.split(',')[0]))
    .replace(/\$\{(\d+):([^}]*)\}/g, (_, stop, value) => keep(stop, value))
    .replace(/\$(\d+)/g, (_, stop) => values.get(stop) ?? '');
}

/** Tab stops that are used but have no placeholder, so that nothing would stand there. */
export function unfilled({ body }) {
  const text = body.join('\n');
  const defined = new Set([...text.matchAll(/\$\{(\d+)[:|]/g)].map(([, stop]) => stop));
  return [...text.matchAll(/\$(\d+)/g)].map(([, stop]) => stop).filter((stop) => stop !== '0' && !defined.has(stop));
}

/** The cells of each row of the table in a snippet, of either kind. */
export function rows(text) {
  return text
    .split('\n')
    .filter((line) => (/\t/.test(line) && !/^[^\t]*\t(预算年度|截止时间)：/.test(line)) || (/^\|/.test(line) && !/^\|[ |-]*$/.test(line)))
    .map((line) => (line.startsWith('|') ? line.slice(1, -1).split('|') : line.split('\t')).map((cell) => cell.trim()));
}
