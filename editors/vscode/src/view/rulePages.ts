// The pages of rules, read from the server and shown rendered.
import * as vscode from 'vscode';

import type { Server } from '../server/server';
import { explain } from '../server/protocol';
import { ruleUri } from '../findings';

export class RulePages implements vscode.TextDocumentContentProvider {
  constructor(private readonly server: Server) {}

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const code = uri.path.replace(/^\/|\.md$/g, '');
    const page = await this.server.request(explain, { code });
    return page?.markdown ?? vscode.l10n.t('There is no rule {0}.', code);
  }

  async show(code: string): Promise<void> {
    const uri = ruleUri(code);
    try {
      await vscode.commands.executeCommand('markdown.showPreviewToSide', uri);
    } catch {
      // Without the built-in Markdown extension the page is shown as it is written.
      await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.Beside, preview: true });
    }
  }
}
