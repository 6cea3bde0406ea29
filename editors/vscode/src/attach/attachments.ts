// Which documents are checked. A text file that is becomes the language 预决算公开 (`disclosure`); Markdown and tables keep
// theirs and are attached beside it. Every other file is left entirely alone.
import * as vscode from 'vscode';

import type { Server } from '../server/server';
import { recognise } from '../server/protocol';
import { settings } from '../settings';
import { Choices } from './choices';
import { HEAD, mayBeDisclosure } from './contents';
import { Gate } from './gate';
import { isMarker, isMarked, MARKER } from './marker';
import { nameTells } from './names';

export const LANGUAGE = 'disclosure';
const CANDIDATES = ['plaintext', 'markdown', 'csv', 'tsv'];
const SCHEMES = ['file', 'untitled'];
/** An insertion this long may turn a text into a disclosure. */
const PASTED = 200;

export class Attachments implements vscode.Disposable {
  /** Attached documents of languages other than our own. */
  private readonly beside = new Set<string>();
  /** Documents that were of our language; the editor keeps the object when only the language changes. */
  private readonly were = new WeakSet<vscode.TextDocument>();
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onChange = this.changed.event;
  /** Lets gouji.toml through too: how its folder is checked, the server reads as it stands in the editor. */
  readonly gate = new Gate((document) => isMarker(document.uri) || this.isAttached(document));
  private readonly disposables: vscode.Disposable[] = [];
  private server!: Server;

  constructor(private readonly choices: Choices) {}

  isAttached(document: vscode.TextDocument): boolean {
    if (!isCandidate(document) || this.choices.of(document.uri.toString()) === 'leave') {
      return false;
    }
    return document.languageId === LANGUAGE || this.beside.has(document.uri.toString());
  }

  /** The user wants this file left alone. */
  isLeft(uri: vscode.Uri): boolean {
    return this.choices.of(uri.toString()) === 'leave';
  }

  /** The documents that are checked. */
  attached(): vscode.TextDocument[] {
    return vscode.workspace.textDocuments.filter((document) => this.isAttached(document));
  }

  /** Begins to watch the editor's documents, and looks at those that are open. */
  watch(server: Server): void {
    this.server = server;
    const marker = vscode.workspace.createFileSystemWatcher(`**/${MARKER}`);
    this.disposables.push(
      marker,
      marker.onDidCreate(() => this.considerAll()),
      server.onStage((stage) => stage === 'starting' && this.gate.forgetAll()),
      vscode.workspace.onDidOpenTextDocument((document) => void this.consider(document)),
      vscode.workspace.onDidSaveTextDocument((document) => void this.consider(document)),
      vscode.workspace.onDidCloseTextDocument((document) => {
        this.beside.delete(document.uri.toString());
        if (document.languageId === LANGUAGE) {
          this.were.add(document);
        }
        this.changed.fire();
      }),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.some((change) => change.text.length > PASTED)) {
          void this.consider(document);
        }
      }),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('gouji.attach')) {
          this.considerAll();
        }
      }),
    );
    this.considerAll();
  }

  /** The user's word, which is remembered for this file. */
  async check(document: vscode.TextDocument): Promise<void> {
    await this.choices.choose(document.uri.toString(), 'check');
    await this.attach(document);
  }

  /** The user's word, which is remembered for this file. */
  async leave(document: vscode.TextDocument): Promise<void> {
    await this.choices.choose(document.uri.toString(), 'leave');
    await this.detach(document);
  }

  dispose(): void {
    this.disposables.forEach((disposable) => void disposable.dispose());
  }

  private considerAll(): void {
    vscode.workspace.textDocuments.forEach((document) => void this.consider(document));
  }

  private async consider(document: vscode.TextDocument): Promise<void> {
    if (!isCandidate(document)) {
      return;
    }
    if (document.languageId !== LANGUAGE && this.were.delete(document)) {
      // Chosen in the editor's language menu: as good as the command.
      await this.choices.choose(document.uri.toString(), 'leave');
    }
    if (this.choices.of(document.uri.toString()) === 'leave') {
      await this.detach(document);
    } else if (this.isAttached(document) || (await this.isWanted(document))) {
      await this.attach(document);
    }
  }

  private async isWanted(document: vscode.TextDocument): Promise<boolean> {
    const { attachNames, attachContents } = settings();
    return (
      this.choices.of(document.uri.toString()) === 'check' ||
      nameTells(document.uri.path.split('/').pop() ?? '', attachNames) ||
      (await isMarked(document.uri)) ||
      (attachContents && (await this.isRecognised(document)))
    );
  }

  private async isRecognised(document: vscode.TextDocument): Promise<boolean> {
    const text = document.getText(new vscode.Range(new vscode.Position(0, 0), document.positionAt(HEAD)));
    return mayBeDisclosure(text) && Boolean(await this.server.request(recognise, { text }));
  }

  private async attach(document: vscode.TextDocument): Promise<void> {
    if (document.isClosed) {
      return;
    }
    if (document.languageId === 'plaintext') {
      // Closes and opens the document, and so leads here again.
      await vscode.languages.setTextDocumentLanguage(document, LANGUAGE);
      return;
    }
    if (document.languageId !== LANGUAGE) {
      this.beside.add(document.uri.toString());
    }
    const client = await this.server.ensure();
    if (client !== undefined && !document.isClosed && this.isAttached(document)) {
      await this.gate.admit(client, document);
    }
    this.changed.fire();
  }

  private async detach(document: vscode.TextDocument): Promise<void> {
    this.beside.delete(document.uri.toString());
    if (this.server.running !== undefined) {
      await this.gate.dismiss(this.server.running, document);
    }
    if (document.languageId === LANGUAGE && !document.isClosed) {
      await vscode.languages.setTextDocumentLanguage(document, 'plaintext');
    }
    this.changed.fire();
  }
}

function isCandidate(document: vscode.TextDocument): boolean {
  const { languageId, uri } = document;
  return SCHEMES.includes(uri.scheme) && !isMarker(uri) && (languageId === LANGUAGE || CANDIDATES.includes(languageId));
}
