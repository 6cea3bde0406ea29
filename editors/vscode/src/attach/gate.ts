// What reaches the server: the documents that are attached, and nothing of any other.
import * as vscode from 'vscode';
import { DidCloseTextDocumentNotification, DidOpenTextDocumentNotification } from 'vscode-languageclient';
import type { Middleware } from 'vscode-languageclient';
import type { LanguageClient } from 'vscode-languageclient/node';

import { explaining } from '../findings';

export class Gate {
  /** The documents that the server has been told of. */
  private readonly open = new Set<string>();

  constructor(private readonly isAttached: (document: vscode.TextDocument) => boolean) {}

  /** A server that has just started knows of nothing. */
  forgetAll(): void {
    this.open.clear();
  }

  /** Tells the server of a document that was open in the editor already. */
  async admit(client: LanguageClient, document: vscode.TextDocument): Promise<void> {
    if (!this.knows(document)) {
      this.open.add(key(document));
      const params = client.code2ProtocolConverter.asOpenTextDocumentParams(document);
      await client.sendNotification(DidOpenTextDocumentNotification.type, params);
    }
  }

  /** Takes a document back that stays open in the editor; its findings go with it. */
  async dismiss(client: LanguageClient, document: vscode.TextDocument): Promise<void> {
    if (this.open.delete(key(document))) {
      const params = client.code2ProtocolConverter.asCloseTextDocumentParams(document);
      await client.sendNotification(DidCloseTextDocumentNotification.type, params);
    }
  }

  readonly middleware: Middleware = {
    didOpen: async (document, next) => {
      if (this.isAttached(document) && !this.knows(document)) {
        this.open.add(key(document));
        await next(document);
      }
    },
    didChange: async (event, next) => {
      if (this.knows(event.document)) {
        await next(event);
      }
    },
    didClose: async (document, next) => {
      if (this.open.delete(key(document))) {
        await next(document);
      }
    },
    provideHover: (document, ...rest) => this.ask(document, rest),
    provideCodeActions: (document, ...rest) => this.ask(document, rest),
    provideDocumentSymbols: (document, ...rest) => this.ask(document, rest),
    handleDiagnostics: (uri, diagnostics, next) => next(uri, diagnostics.map(explaining)),
  };

  private knows(document: vscode.TextDocument): boolean {
    return this.open.has(key(document));
  }

  /** Passes a request on (its last argument is how) where the server knows the document. */
  private ask<A extends unknown[], R>(
    document: vscode.TextDocument,
    rest: [...A, (document: vscode.TextDocument, ...more: A) => R],
  ): R | undefined {
    const next = rest[rest.length - 1] as (document: vscode.TextDocument, ...more: A) => R;
    return this.knows(document) ? next(document, ...(rest.slice(0, -1) as A)) : undefined;
  }
}

function key(document: vscode.TextDocument): string {
  return document.uri.toString();
}
