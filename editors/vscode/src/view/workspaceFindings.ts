// The findings of the files that are not open, on request. Of open files the server speaks by itself.
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';

import type { Attachments } from '../attach/attachments';
import { MARKER } from '../attach/marker';
import { explaining } from '../findings';
import type { Server } from '../server/server';
import { workspaceDiagnostic } from '../server/protocol';

const { t } = vscode.l10n;

/** What is shown is asked for again this long after a change of what is checked: the server has to hear of it first. */
const PAUSE_MS = 1000;
/** What the server reads. */
const FILES = '**/*.{txt,md,markdown,tsv,csv}';

/** What was found. */
export interface Checked {
  readonly files: number;
  readonly errors: number;
  readonly warnings: number;
  readonly hints: number;
}

export class WorkspaceFindings implements vscode.Disposable {
  private readonly shown = vscode.languages.createDiagnosticCollection('gouji.workspace');
  /** True once the user has asked. */
  private asked = false;
  private pause: NodeJS.Timeout | undefined;
  private readonly disposables: vscode.Disposable[];

  constructor(
    private readonly server: Server,
    private readonly attachments: Attachments,
  ) {
    const files = vscode.workspace.createFileSystemWatcher(FILES);
    const marker = vscode.workspace.createFileSystemWatcher(`**/${MARKER}`);
    const again = () => this.again();
    this.disposables = [
      this.shown,
      files,
      marker,
      vscode.workspace.onDidOpenTextDocument(({ uri }) => this.shown.delete(uri)),
      // What was said of a text that is gone is no longer true. A file written twice at once, or put in the place of
      // another, is told as created.
      files.onDidCreate((uri) => this.shown.delete(uri)),
      files.onDidChange((uri) => this.shown.delete(uri)),
      files.onDidDelete((uri) => this.shown.delete(uri)),
      marker.onDidCreate(again),
      marker.onDidChange(again),
      marker.onDidDelete(again),
      vscode.workspace.onDidChangeConfiguration((event) => event.affectsConfiguration('gouji') && again()),
    ];
  }

  /** Checks, shows what was found and says how much it is. */
  async check(): Promise<Checked | undefined> {
    if (vscode.workspace.workspaceFolders === undefined) {
      void vscode.window.showInformationMessage(t('Open a folder first.'));
      return undefined;
    }
    const progress = { location: vscode.ProgressLocation.Window, title: t('Checking the workspace') };
    const found = await vscode.window.withProgress(progress, () => this.show());
    if (found !== undefined) {
      this.asked = true;
      void tell(found);
    }
    return found;
  }

  dispose(): void {
    clearTimeout(this.pause);
    this.disposables.forEach((disposable) => void disposable.dispose());
  }

  private again(): void {
    if (this.asked) {
      clearTimeout(this.pause);
      this.pause = setTimeout(() => void (this.server.running && this.show()), PAUSE_MS);
    }
  }

  private async show(): Promise<Checked | undefined> {
    const answer = await this.server.request(workspaceDiagnostic, { previousResultIds: [] });
    const client: LanguageClient | undefined = this.server.running;
    if (!answer || !client) {
      return undefined;
    }
    const found: [vscode.Uri, vscode.Diagnostic[]][] = [];
    for (const item of answer.items) {
      const uri = client.protocol2CodeConverter.asUri(item.uri);
      if (item.kind === 'full' && !this.attachments.isLeft(uri)) {
        found.push([uri, await client.protocol2CodeConverter.asDiagnostics(item.items)]);
      }
    }
    const open = new Set(vscode.workspace.textDocuments.map(({ uri }) => uri.toString()));
    this.shown.clear();
    for (const [uri, diagnostics] of found.filter(([uri]) => !open.has(uri.toString()))) {
      this.shown.set(uri, diagnostics.map(explaining));
    }
    return counted(found.map(([, diagnostics]) => diagnostics));
  }
}

function counted(files: readonly vscode.Diagnostic[][]): Checked {
  const all = files.flat();
  const of = (severity: vscode.DiagnosticSeverity) => all.filter((finding) => finding.severity === severity).length;
  const [errors, warnings] = [of(vscode.DiagnosticSeverity.Error), of(vscode.DiagnosticSeverity.Warning)];
  return { files: files.length, errors, warnings, hints: all.length - errors - warnings };
}

async function tell({ files, errors, warnings, hints }: Checked): Promise<void> {
  if (files === 0) {
    void vscode.window.showInformationMessage(t('There is no disclosure in the workspace.'));
  } else if (errors + warnings + hints === 0) {
    void vscode.window.showInformationMessage(t('{0} files checked, nothing found.', files));
  } else {
    const said = t('{0} files checked: {1} errors, {2} warnings, {3} hints.', files, errors, warnings, hints);
    const problems = t('Open the Problems panel');
    if ((await vscode.window.showInformationMessage(said, problems)) === problems) {
      await vscode.commands.executeCommand('workbench.actions.view.problems');
    }
  }
}
