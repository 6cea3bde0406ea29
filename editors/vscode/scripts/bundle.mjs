// Bundles the extension into one file; tests are bundled the same way.
import path from 'node:path';
import { build } from 'esbuild';

/** Bundles entry points for Node. `target` is the oldest Node that has to run it. */
export function bundle({ entryPoints, target = 'node20', ...more }) {
  return build({
    entryPoints,
    target,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['vscode'],
    logLevel: 'warning',
    sourcemap: 'inline',
    ...more,
  });
}

if (path.resolve(process.argv[1]) === import.meta.filename) {
  const dev = process.argv.includes('--dev');
  await bundle({
    entryPoints: ['src/extension.ts'],
    outfile: 'dist/extension.js',
    target: 'node18',
    minify: !dev,
    sourcemap: dev && 'inline',
  });
}
