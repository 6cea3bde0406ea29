// The report: one HTML page over the text as it stands in the editor, or over a folder as it lies on the disk.
import * as path from 'node:path';
import * as vscode from 'vscode';

import { run } from '../server/run';
import type { Server } from '../server/server';
import { settings } from '../settings';

const { t } = vscode.l10n;

/** Writes the report of a folder, or of the text in the active editor, to `target`, or to where the user says. */
export async function exportReport(server: Server, what: vscode.Uri | undefined, target?: vscode.Uri): Promise<vscode.Uri | undefined> {
  const program = server.program()?.program;
  if (program === undefined) {
    // Tells the user what is missing.
    await server.ensure();
    return undefined;
  }
  const subject = what === undefined ? vscode.window.activeTextEditor?.document : await open(what);
  if (subject === undefined) {
    void vscode.window.showInformationMessage(t('Open the file first.'));
    return undefined;
  }
  const uri = subject instanceof vscode.Uri ? subject : subject.uri;
  const file = target ?? (await ask(uri));
  if (file === undefined) {
    return undefined;
  }
  const check = ['--lang', language(), 'check', '--format', 'html'];
  const whole = { location: vscode.ProgressLocation.Notification, title: t('Writing the report') };
  try {
    const page = await vscode.window.withProgress(whole, () =>
      subject instanceof vscode.Uri
        ? run(program, [...check, subject.fsPath])
        : run(program, [...check, '--stdin', '--stdin-filename', path.basename(uri.path)], subject.getText()),
    );
    await vscode.workspace.fs.writeFile(file, page);
  } catch (error) {
    void vscode.window.showErrorMessage(t('The report was not written: {0}', error instanceof Error ? error.message : String(error)));
    return undefined;
  }
  void offer(file);
  return file;
}

/** A folder as it is, a file as a document. */
async function open(uri: vscode.Uri): Promise<vscode.Uri | vscode.TextDocument> {
  const { type } = await vscode.workspace.fs.stat(uri);
  return type & vscode.FileType.Directory ? uri : vscode.workspace.openTextDocument(uri);
}

function ask(of: vscode.Uri): Thenable<vscode.Uri | undefined> {
  const { dir, name } = path.posix.parse(of.path);
  const beside = of.with({ scheme: of.scheme === 'untitled' ? 'file' : of.scheme, path: path.posix.join(dir, `${name}-${t('report')}.html`) });
  return vscode.window.showSaveDialog({ defaultUri: beside, filters: { HTML: ['html'] }, title: t('Where to write the report') });
}

async function offer(file: vscode.Uri): Promise<void> {
  const show = t('Open in the browser');
  if ((await vscode.window.showInformationMessage(t('The report is written: {0}', path.basename(file.path)), show)) === show) {
    await vscode.env.openExternal(file);
  }
}

function language(): string {
  const { locale } = settings();
  const chosen = locale === 'auto' ? vscode.env.language : locale;
  return chosen.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}
