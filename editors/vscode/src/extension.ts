// The extension's beginning and end: makes its parts and ties them together.
import * as vscode from 'vscode';

import { Attachments } from './attach/attachments';
import { Choices } from './attach/choices';
import { register } from './commands';
import { Server } from './server/server';
import { RULE_SCHEME } from './findings';
import { CoverageMarks } from './view/coverage';
import { RulePages } from './view/rulePages';
import { Status } from './view/status';
import { WorkspaceFindings } from './view/workspaceFindings';

let server: Server | undefined;

export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('勾稽 gouji', { log: true });
  const attachments = new Attachments(new Choices(context.globalState));
  const running = new Server(context.extensionUri, log, attachments.gate.middleware);
  const marks = new CoverageMarks(running, attachments);
  const pages = new RulePages(running);
  const workspace = new WorkspaceFindings(running, attachments);
  const parts = { extension: context.extensionUri, log, server: running, attachments, marks, pages, workspace };
  context.subscriptions.push(
    log,
    attachments,
    marks,
    workspace,
    new Status(running, attachments),
    vscode.workspace.registerTextDocumentContentProvider(RULE_SCHEME, pages),
    ...register(parts),
    vscode.workspace.onDidGrantWorkspaceTrust(() => running.stage === 'failed' && void running.restart()),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('gouji.server.path') && running.stage !== 'off') {
        void running.restart();
      }
    }),
  );
  attachments.watch(running);
  server = running;
}

/** The editor waits for this, not for disposables: the server is asked to go. */
export function deactivate(): Promise<void> | undefined {
  return server?.dispose();
}
