// What the server's program says of a text: its findings, its relations, and the text after its preferred fixes.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { gouji } from './places.mjs';

function run(command, file) {
  const { stdout, stderr, error } = spawnSync(gouji, [command, '--format', 'json', '--lang', 'zh', file], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (error) {
    throw new Error(`${gouji} does not start (set GOUJI to the server's program): ${error.message}`);
  }
  if (stdout === '') {
    throw new Error(`${gouji} ${command} says nothing: ${stderr}`);
  }
  return JSON.parse(stdout).files[0];
}

export const check = (file) => run('check', file);

/** Checks a text that is in no file. `extension` tells Markdown from the rest to a reader; the server reads both. */
export function checkText(text, extension = '.txt') {
  const folder = mkdtempSync(path.join(tmpdir(), 'gouji-content-'));
  try {
    const file = path.join(folder, `部门预算${extension}`);
    writeFileSync(file, text);
    return check(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The places of all amounts of a file: line and column from 0, the column in UTF-16 units of `lines`. */
export function amounts(file, lines) {
  const { relations, unread } = run('relations', file);
  const figures = relations
    // Codes, names and years are compared too, but are no amounts.
    .filter(({ rule }) => !/^(CN|YY06|YY07)/.test(rule))
    .flatMap((relation) => relation.figures);
  const places = new Map();
  for (const { range, text } of [...figures, ...unread]) {
    if (/^[-－−△▲]?[0-9０-９][0-9０-９,，.．]*$/.test(text)) {
      const line = range.start.line - 1;
      const column = units(lines[line], range.start.column);
      // What is counted in heads or pieces is compared too, and is no amount.
      if (!/^[人個]/.test(lines[line].slice(column + text.length))) {
        places.set(`${line}:${column}`, { line, column, text });
      }
    }
  }
  return [...places.values()];
}

/** The text after the preferred fix of each finding. */
export function mended(text, findings) {
  const lines = text.split('\n');
  const edits = findings.flatMap(({ fixes }) => fixes.find(({ preferred }) => preferred)?.edits ?? []);
  const last = (a, b) => b.range.start.line - a.range.start.line || b.range.start.column - a.range.start.column;
  for (const { range, new_text: written } of edits.sort(last)) {
    const at = range.start.line - 1;
    const line = lines[at];
    lines[at] = line.slice(0, units(line, range.start.column)) + written + line.slice(units(line, range.end.column));
  }
  return lines.join('\n');
}

/** A column in characters from 1, as UTF-16 units from 0. */
const units = (line, column) => [...line].slice(0, column - 1).join('').length;
