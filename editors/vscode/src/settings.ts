// The settings that the extension itself reads; the server gets the whole section. See editors/settings.toml.
import * as vscode from 'vscode';

export interface Settings {
  readonly attachNames: readonly string[];
  readonly attachContents: boolean;
  readonly serverPath: string;
  /** `auto`, `zh` or `en`. */
  readonly locale: string;
}

export function settings(): Settings {
  const section = vscode.workspace.getConfiguration('gouji');
  return {
    attachNames: section.get<string[]>('attach.names', []),
    attachContents: section.get<boolean>('attach.contents', true),
    serverPath: section.get<string>('server.path', '').trim(),
    locale: section.get<string>('locale', 'auto'),
  };
}
