// The commands, one function each.
import * as vscode from 'vscode';

import { LANGUAGE } from './attach/attachments';
import type { Attachments } from './attach/attachments';
import type { Server } from './server/server';
import { codeOf, findings } from './findings';
import type { CoverageMarks } from './view/coverage';
import { exportReport } from './view/report';
import type { RulePages } from './view/rulePages';
import type { WorkspaceFindings } from './view/workspaceFindings';

const { t } = vscode.l10n;

export interface Parts {
  readonly extension: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
  readonly server: Server;
  readonly attachments: Attachments;
  readonly marks: CoverageMarks;
  readonly pages: RulePages;
  readonly workspace: WorkspaceFindings;
}

export function register({ extension, server, attachments, log, marks, pages, workspace }: Parts): vscode.Disposable[] {
  const commands: Record<string, (...args: never[]) => unknown> = {
    'gouji.checkThisFile': (file?: vscode.Uri) => onDocument(file, (document) => attachments.check(document)),
    'gouji.stopChecking': (file?: vscode.Uri) => onDocument(file, (document) => attachments.leave(document)),
    'gouji.checkWorkspace': () => workspace.check(),
    'gouji.explainRule': (code?: string) => explainRule(pages, code),
    'gouji.toggleCoverage': () => marks.toggle(),
    'gouji.exportReport': (what?: vscode.Uri, target?: unknown) =>
      exportReport(server, what instanceof vscode.Uri ? what : undefined, target instanceof vscode.Uri ? target : undefined),
    'gouji.openSample': () => openSample(extension),
    'gouji.restart': () => server.restart(),
    'gouji.showLog': () => log.show(),
    'gouji.openServerSetting': () => vscode.commands.executeCommand('workbench.action.openSettings', 'gouji.server.path'),
  };
  return Object.entries(commands).map(([name, run]) => vscode.commands.registerCommand(name, run));
}

async function onDocument(file: vscode.Uri | undefined, run: (document: vscode.TextDocument) => Promise<void>): Promise<void> {
  const document =
    file instanceof vscode.Uri
      ? await vscode.workspace.openTextDocument(file)
      : vscode.window.activeTextEditor?.document;
  if (document === undefined) {
    void vscode.window.showInformationMessage(t('Open the file first.'));
    return;
  }
  await run(document);
}

/** The page of a rule: of the one named, of the finding at the cursor, or of one chosen among those found. */
async function explainRule(pages: RulePages, code: string | undefined): Promise<void> {
  const chosen = typeof code === 'string' ? code : await choose();
  if (chosen !== undefined) {
    await pages.show(chosen);
  }
}

async function choose(): Promise<string | undefined> {
  const editor = vscode.window.activeTextEditor;
  const found = editor === undefined ? [] : findings(editor.document.uri);
  const here = found.filter((finding) => editor?.selections.some((selection) => finding.range.intersection(selection)));
  const codes = (list: vscode.Diagnostic[]) => [...new Set(list.map(codeOf))].filter((code) => code !== undefined);
  if (codes(here).length === 1) {
    return codes(here)[0];
  }
  const offered = codes(here.length > 0 ? here : found);
  if (offered.length > 0) {
    return vscode.window.showQuickPick(offered.sort(), { placeHolder: t('The rule to explain') });
  }
  const typed = await vscode.window.showInputBox({ prompt: t('The code of the rule, for example AS01'), validateInput });
  return typed?.toUpperCase();
}

function validateInput(text: string): string | undefined {
  return /^[a-z]{2}\d{2}$/i.test(text) ? undefined : t('Two letters and two digits.');
}

/** A copy of the sample, so that it can be changed and opened again as it was. */
async function openSample(extension: vscode.Uri): Promise<void> {
  const folder = vscode.Uri.joinPath(extension, 'samples');
  const [name] = (await vscode.workspace.fs.readDirectory(folder))[0] ?? [];
  if (name !== undefined) {
    const content = new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder, name)));
    const document = await vscode.workspace.openTextDocument({ content, language: LANGUAGE });
    await vscode.window.showTextDocument(document);
  }
}
