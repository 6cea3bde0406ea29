// The requests of the server that the client library does not make by itself: most are not the protocol's own.
import { RequestType } from 'vscode-languageclient';
import type { Range, TextDocumentIdentifier, WorkspaceDiagnosticParams, WorkspaceDiagnosticReport } from 'vscode-languageclient';

/** Whose disclosure a text is. */
export interface Identity {
  readonly kind: string;
  readonly year: number | null;
  readonly body: string | null;
  readonly unit: string | null;
}

/** A rule's page. */
export interface RulePage {
  readonly code: string;
  readonly name: string;
  readonly severity: string;
  readonly markdown: string;
}

/** How much of a document is checked; `unchecked` are the amounts that stand in no relation. */
export interface Coverage {
  readonly document: Identity | null;
  readonly amounts: number;
  readonly checked: number;
  readonly unchecked: readonly Range[];
}

export const explain = new RequestType<{ code: string }, RulePage | null, void>('gouji/explain');

/** The text may be the beginning of a file. */
export const recognise = new RequestType<{ text: string }, Identity | null, void>('gouji/recognise');

export const coverage = new RequestType<{ textDocument: TextDocumentIdentifier }, Coverage | null, void>('gouji/coverage');

/**
 * The protocol's own, for clients that ask for findings instead of being told of them. VS Code is told of those of open files; the
 * server answers it all the same.
 */
export const workspaceDiagnostic = new RequestType<WorkspaceDiagnosticParams, WorkspaceDiagnosticReport, void>('workspace/diagnostic');
