// The folder marker: a `gouji.toml` in a file's folder or one above it, within its workspace folder.
import * as vscode from 'vscode';

export const MARKER = 'gouji.toml';

export function isMarker(uri: vscode.Uri): boolean {
  return uri.scheme === 'file' && uri.path.endsWith(`/${MARKER}`);
}

export async function isMarked(file: vscode.Uri): Promise<boolean> {
  const root = vscode.workspace.getWorkspaceFolder(file)?.uri;
  if (file.scheme === 'untitled') {
    return false;
  }
  for (let folder = vscode.Uri.joinPath(file, '..'); ; folder = vscode.Uri.joinPath(folder, '..')) {
    if (await exists(vscode.Uri.joinPath(folder, MARKER))) {
      return true;
    }
    // A file outside every workspace folder is marked by its own folder only.
    if (root === undefined || folder.path === root.path || folder.path === '/') {
      return false;
    }
  }
}

async function exists(file: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(file);
    return true;
  } catch {
    return false;
  }
}
