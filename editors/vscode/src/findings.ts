// Our findings as VS Code has them. The rule code beside one opens the page of the rule here, not on the network.
import * as vscode from 'vscode';

/** The scheme of the rules' pages. */
export const RULE_SCHEME = 'gouji-rule';

export function ruleUri(code: string): vscode.Uri {
  return vscode.Uri.from({ scheme: RULE_SCHEME, path: `/${code}.md` });
}

export function explaining(diagnostic: vscode.Diagnostic): vscode.Diagnostic {
  const code = codeOf(diagnostic);
  if (code !== undefined) {
    diagnostic.code = { value: code, target: ruleUri(code) };
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
