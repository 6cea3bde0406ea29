// A list of cases, and what they wait and look with.
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';

const LIMIT_MS = 20_000;

const cases: [string, () => Promise<void>][] = [];

export function test(name: string, run: () => Promise<void>): void {
  cases.push([name, run]);
}

/** Runs all cases; throws where one failed. */
export async function runAll(): Promise<void> {
  let failed = 0;
  for (const [name, run] of cases) {
    try {
      await run();
      console.info(`ok   ${name}`);
    } catch (error) {
      failed += 1;
      console.info(`FAIL ${name}: ${error instanceof Error ? error.stack : String(error)}`);
    }
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  }
  console.info(`${cases.length - failed} passed, ${failed} failed`);
  if (failed > 0) {
    throw new Error(`${failed} cases failed`);
  }
}

/** What `look` gives, once it gives something. */
export async function until<T>(what: string, look: () => T | undefined | false | null | Thenable<T | undefined | false | null>): Promise<T> {
  for (const end = Date.now() + LIMIT_MS; ; ) {
    const found = await look();
    if (found !== undefined && found !== false && found !== null) {
      return found;
    }
    if (Date.now() > end) {
      throw new Error(`never: ${what}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const root = () => vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';

export function fixture(name: string): string {
  return fs.readFileSync(path.join(root(), 'fixtures', name), 'utf8');
}

let written = 0;

/** Writes a file of the workspace, in a folder of its own. */
export function write(name: string, text: string): vscode.Uri {
  written += 1;
  const file = path.join(root(), `case-${written}`, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
  return vscode.Uri.file(file);
}

export async function show(uri: vscode.Uri): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
}

/** A faulty disclosure under a telling name, open and checked. */
export async function openFaulty(): Promise<vscode.Uri> {
  const uri = write('部门预算公开.txt', fixture('tab/nongye-faulty.txt'));
  await show(uri);
  await findings(uri, 3);
  return uri;
}

/** The open document of a file, as it is now: a change of language keeps the file and changes the document. */
export function documentOf(uri: vscode.Uri): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
}

/** Our findings, once there are so many. */
export function findings(uri: vscode.Uri, count: number): Promise<vscode.Diagnostic[]> {
  return until(`${count} findings in ${uri.path}, there are ${shown(uri).length}`, () => shown(uri).length === count && shown(uri));
}

export function shown(uri: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'gouji');
}

/** The finding of a rule, once it is there. */
export function finding(uri: vscode.Uri, rule: string): Promise<vscode.Diagnostic> {
  return until(`a finding ${rule}`, () => shown(uri).find((diagnostic) => ruleOf(diagnostic) === rule));
}

export function ruleOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === 'object' ? code.value : code);
}

/** Replaces the only occurrence of a text, or the one that is numbered. */
export async function replace(document: vscode.TextDocument, old: string, fresh: string, number = 0): Promise<boolean> {
  let at = -1;
  for (let n = 0; n <= number; n += 1) {
    at = document.getText().indexOf(old, at + 1);
  }
  if (at < 0) {
    throw new Error(`not in the text: ${old}`);
  }
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(document.positionAt(at), document.positionAt(at + old.length)), fresh);
  return vscode.workspace.applyEdit(edit);
}

/** Sets a setting for as long as `run` takes. */
export async function withSetting(key: string, value: unknown, run: () => Promise<void>): Promise<void> {
  const section = vscode.workspace.getConfiguration('gouji');
  await section.update(key, value, vscode.ConfigurationTarget.Global);
  try {
    await run();
  } finally {
    await section.update(key, undefined, vscode.ConfigurationTarget.Global);
  }
}

/** The processes of the server that this extension host started. */
export function servers(): number[] {
  return fs
    .readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .filter((pid) => {
      try {
        const [program, ...args] = fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
        const parent = /^PPid:\s*(\d+)/m.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
        return path.basename(program ?? '') === 'gouji' && args[0] === 'server' && Number(parent) === process.pid;
      } catch {
        return false;
      }
    })
    .map(Number);
}
