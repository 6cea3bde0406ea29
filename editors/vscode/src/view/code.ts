// The rule code beside a finding opens the rule's page here, in the editor, not on the network.
import * as vscode from 'vscode';

export function explaining(diagnostic: vscode.Diagnostic): vscode.Diagnostic {
  const code = codeOf(diagnostic);
  if (code !== undefined) {
    const argument = encodeURIComponent(JSON.stringify([code]));
    diagnostic.code = { value: code, target: vscode.Uri.parse(`command:gouji.explainRule?${argument}`) };
  }
  return diagnostic;
}

/** The rule code of a finding of ours. */
export function codeOf(diagnostic: vscode.Diagnostic): string | undefined {
  const { code, source } = diagnostic;
  if (source !== 'gouji' || code === undefined) {
    return undefined;
  }
  return String(typeof code === 'object' ? code.value : code);
}

/** Our findings in a document. */
export function findings(uri: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter((diagnostic) => diagnostic.source === 'gouji');
}
