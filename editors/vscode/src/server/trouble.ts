// What the user is told when there is no server: one message, each with a way out.
import * as vscode from 'vscode';

const { t } = vscode.l10n;

export function tellMissing(setting: string, trusted: boolean, log: vscode.LogOutputChannel): void {
  if (!trusted) {
    void tell(t('This workspace is not trusted, and the extension was installed without a server program for this platform. Nothing is checked until the workspace is trusted.'), log, {
      [t('Manage trust')]: 'workbench.trust.manage',
    });
  } else if (setting !== '') {
    void tell(t('The setting gouji.server.path leads to no file: {0}', setting), log, openSetting());
  } else {
    void tell(t('The server program gouji was not found: the extension brings none for this platform, and there is none on the PATH.'), log, openSetting());
  }
}

export function tellBroken(program: string, log: vscode.LogOutputChannel): void {
  void tell(t('The server program does not start: {0}', program), log, openSetting());
}

export function tellGivenUp(log: vscode.LogOutputChannel): void {
  void tell(t('The server program ended several times within three minutes and is not started again by itself.'), log, {
    [t('Start again')]: 'gouji.restart',
  });
}

function openSetting(): Record<string, string> {
  return { [t('Open the setting')]: 'gouji.openServerSetting' };
}

/** An error with buttons that run commands, and one that shows the log. */
async function tell(message: string, log: vscode.LogOutputChannel, ways: Record<string, string>): Promise<void> {
  log.error(message);
  const showLog = t('Show the log');
  const chosen = await vscode.window.showErrorMessage(message, ...Object.keys(ways), showLog);
  if (chosen === showLog) {
    log.show();
  } else if (chosen !== undefined && ways[chosen] !== undefined) {
    await vscode.commands.executeCommand(ways[chosen]);
  }
}
