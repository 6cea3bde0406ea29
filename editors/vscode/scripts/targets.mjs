// The platforms an extension is packaged for, and the Rust target that serves each. Linux gets one static program
// (musl), which runs under every libc, Alpine's included.
import { execFileSync } from 'node:child_process';

export const TARGETS = {
  'linux-x64': 'x86_64-unknown-linux-musl',
  'linux-arm64': 'aarch64-unknown-linux-musl',
  'alpine-x64': 'x86_64-unknown-linux-musl',
  'alpine-arm64': 'aarch64-unknown-linux-musl',
  'darwin-x64': 'x86_64-apple-darwin',
  'darwin-arm64': 'aarch64-apple-darwin',
  'win32-x64': 'x86_64-pc-windows-msvc',
  'win32-arm64': 'aarch64-pc-windows-msvc',
};

/** The target of this machine. */
export function here() {
  const libc = process.platform === 'linux' && process.report.getReport().header.glibcVersionRuntime === undefined;
  return `${libc ? 'alpine' : process.platform}-${process.arch}`;
}

/** The Rust targets whose standard library is installed. */
export function installed() {
  try {
    return execFileSync('rustup', ['target', 'list', '--installed'], { encoding: 'utf8' }).split(/\s+/).filter(Boolean);
  } catch {
    return [];
  }
}
