// Runs the program once for something that is no request: what it prints, whatever it found.
import { spawn } from 'node:child_process';

/** Exit codes of `gouji check` with a result: nothing at error level, something at error level. */
const DONE = [0, 1];

/** The standard output; fails with what the program says on its standard error. */
export function run(program: string, args: readonly string[], input = ''): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'pipe', windowsHide: true });
    const out: Buffer[] = [];
    const said: Buffer[] = [];
    child.stdout.on('data', (piece: Buffer) => out.push(piece));
    child.stderr.on('data', (piece: Buffer) => said.push(piece));
    child.on('error', reject);
    child.on('close', (code) =>
      DONE.includes(code ?? -1) ? resolve(Buffer.concat(out)) : reject(new Error(Buffer.concat(said).toString().trim() || `exit ${code}`)),
    );
    // A program that ends early does not read to the end; its exit code tells.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}
