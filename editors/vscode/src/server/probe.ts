// Asks a program for its version before it is trusted to serve: a program for another machine, or another program
// of the same name, is told here and in clear words.
import { execFile } from 'node:child_process';

const PATIENCE_MS = 10_000;

/** The version that `gouji --version` says. Rejects where the program does not start or is not gouji. */
export function probe(program: string): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(program, ['--version'], { timeout: PATIENCE_MS, windowsHide: true }, (error, stdout) => {
      const version = /^gouji (\S+)/.exec(stdout)?.[1];
      if (version !== undefined) {
        resolve(version);
      } else {
        reject(error ?? new Error(`not gouji: ${stdout.slice(0, 80)}`));
      }
    });
  });
}
