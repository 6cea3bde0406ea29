// Marks the amounts that nobody checked, on request.
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';

import type { Attachments } from '../attach/attachments';
import type { Server } from '../server/server';
import { coverage } from '../server/protocol';
import type { Coverage } from '../server/protocol';

const { t } = vscode.l10n;

export class CoverageMarks implements vscode.Disposable {
  private shown = false;
  private readonly unchecked = vscode.window.createTextEditorDecorationType({
    textDecoration: 'underline dotted',
    color: new vscode.ThemeColor('disabledForeground'),
    overviewRulerColor: new vscode.ThemeColor('disabledForeground'),
    overviewRulerLane: vscode.OverviewRulerLane.Right,
  });
  private readonly disposables: vscode.Disposable[];

  constructor(
    private readonly server: Server,
    private readonly attachments: Attachments,
  ) {
    this.disposables = [
      this.unchecked,
      attachments.onChange(() => this.refreshAll()),
      vscode.window.onDidChangeVisibleTextEditors(() => this.refreshAll()),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        vscode.window.visibleTextEditors
          .filter((editor) => editor.document === document)
          .forEach((editor) => void this.refresh(editor));
      }),
    ];
  }

  /** Shows the marks, or hides them. */
  async toggle(): Promise<void> {
    this.shown = !this.shown;
    const active = vscode.window.activeTextEditor;
    const others = vscode.window.visibleTextEditors.filter((editor) => editor !== active);
    others.forEach((editor) => void this.refresh(editor));
    const covered = active && (await this.refresh(active));
    if (covered) {
      const left = covered.amounts - covered.checked;
      vscode.window.setStatusBarMessage(t('{0} of {1} amounts stand in no relation; they are marked.', left, covered.amounts), 8000);
    }
  }

  dispose(): void {
    this.disposables.forEach((disposable) => void disposable.dispose());
  }

  private refreshAll(): void {
    vscode.window.visibleTextEditors.forEach((editor) => void this.refresh(editor));
  }

  /** Marks what an editor shows, or takes the marks away; gives what was marked. */
  private async refresh(editor: vscode.TextEditor): Promise<Coverage | undefined> {
    const { document } = editor;
    if (!this.shown || !this.attachments.isAttached(document)) {
      editor.setDecorations(this.unchecked, []);
      return undefined;
    }
    const version = document.version;
    const covered = await this.server.request(coverage, { textDocument: { uri: document.uri.toString() } });
    const client: LanguageClient | undefined = this.server.running;
    // An answer for a text that is gone would mark the wrong places; the next edit asks again.
    if (covered && client && this.shown && document.version === version) {
      const ranges = covered.unchecked.map((range) => client.protocol2CodeConverter.asRange(range));
      editor.setDecorations(
        this.unchecked,
        ranges.map((range) => ({ range, hoverMessage: t('This amount stands in no relation: nothing checks it.') })),
      );
    }
    return covered ?? undefined;
  }
}
