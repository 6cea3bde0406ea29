// The language status item: what the server does, how many findings, how much is checked.
import * as vscode from 'vscode';

import type { Attachments } from '../attach/attachments';
import type { Server } from '../server/server';
import { coverage } from '../server/protocol';
import { findings } from '../findings';

const { t } = vscode.l10n;

/** How much is checked is asked for once typing has paused: to answer, the server goes through the whole document. */
const PAUSE_MS = 300;

export class Status implements vscode.Disposable {
  private readonly item = vscode.languages.createLanguageStatusItem('gouji.status', []);
  private readonly disposables: vscode.Disposable[];
  private pause: NodeJS.Timeout | undefined;

  constructor(
    private readonly server: Server,
    private readonly attachments: Attachments,
  ) {
    this.item.name = '勾稽 gouji';
    this.item.command = { command: 'gouji.showLog', title: t('Show the log') };
    const refresh = () => this.refresh();
    this.disposables = [
      this.item,
      server.onStage(refresh),
      attachments.onChange(refresh),
      vscode.window.onDidChangeActiveTextEditor(refresh),
      vscode.languages.onDidChangeDiagnostics(({ uris }) => {
        const shown = vscode.window.activeTextEditor?.document.uri.toString();
        if (uris.some((uri) => uri.toString() === shown)) {
          refresh();
        }
      }),
    ];
    refresh();
  }

  dispose(): void {
    clearTimeout(this.pause);
    this.disposables.forEach((disposable) => void disposable.dispose());
  }

  private refresh(): void {
    clearTimeout(this.pause);
    this.item.selector = this.attachments.attached().map(selects);
    const document = vscode.window.activeTextEditor?.document;
    this.item.busy = this.server.stage === 'starting';
    switch (this.server.stage) {
      case 'off':
      case 'starting':
        return this.say(t('starting'), '', vscode.LanguageStatusSeverity.Information);
      case 'failed':
        this.item.command = { command: 'gouji.restart', title: t('Start again') };
        return this.say(t('no server'), t('Nothing is checked.'), vscode.LanguageStatusSeverity.Error);
      case 'running':
        this.item.command = { command: 'gouji.showLog', title: t('Show the log') };
        if (document !== undefined && this.attachments.isAttached(document)) {
          this.say(counts(document.uri), this.item.detail ?? '', severity(document.uri));
          this.pause = setTimeout(() => void this.tellDetail(document.uri), PAUSE_MS);
        }
    }
  }

  private async tellDetail(uri: vscode.Uri): Promise<void> {
    const detail = await this.detail(uri);
    if (vscode.window.activeTextEditor?.document.uri.toString() === uri.toString()) {
      this.say(counts(uri), detail, severity(uri));
    }
  }

  /** Whose disclosure it is, how much of it is checked, and by which version. */
  private async detail(uri: vscode.Uri): Promise<string> {
    const version = `gouji ${this.server.version}`;
    const covered = await this.server.request(coverage, { textDocument: { uri: uri.toString() } });
    const document = covered?.document;
    if (!covered || !document) {
      return `${t('Not recognised as a disclosure')} · ${version}`;
    }
    const whose = [document.year, document.body, document.kind].filter((part) => part !== null).join(' ');
    const amounts = t('{0} of {1} amounts checked', covered.checked, covered.amounts);
    return `${whose} · ${amounts} · ${version}`;
  }

  private say(text: string, detail: string, severity: vscode.LanguageStatusSeverity): void {
    this.item.text = `勾稽：${text}`;
    this.item.detail = detail;
    this.item.severity = severity;
    this.item.accessibilityInformation = { label: `勾稽 ${text} ${detail}` };
  }
}

/** Selects one document; what a pattern would read as its own is read as it stands. */
function selects({ uri }: vscode.TextDocument): vscode.DocumentFilter {
  return { scheme: uri.scheme, pattern: uri.fsPath.replace(/[\\/]+/g, '/').replace(/[[\]{}*?]/g, '?') };
}

function count(uri: vscode.Uri, severity: vscode.DiagnosticSeverity): number {
  return findings(uri).filter((finding) => finding.severity === severity).length;
}

function counts(uri: vscode.Uri): string {
  const errors = count(uri, vscode.DiagnosticSeverity.Error);
  const warnings = count(uri, vscode.DiagnosticSeverity.Warning);
  const others = findings(uri).length - errors - warnings;
  const said = [
    errors > 0 ? t('{0} errors', errors) : '',
    warnings > 0 ? t('{0} warnings', warnings) : '',
    others > 0 ? t('{0} hints', others) : '',
  ].filter((part) => part !== '');
  return said.length > 0 ? said.join(t(', ')) : t('nothing found');
}

function severity(uri: vscode.Uri): vscode.LanguageStatusSeverity {
  return count(uri, vscode.DiagnosticSeverity.Error) > 0
    ? vscode.LanguageStatusSeverity.Warning
    : vscode.LanguageStatusSeverity.Information;
}
