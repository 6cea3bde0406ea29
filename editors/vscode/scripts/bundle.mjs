// Bundles the extension into one file.
import { build } from 'esbuild';

await build({
  entryPoints: ['src/extension.ts'],
  outfile: 'dist/extension.js',
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node18',
  external: ['vscode'],
  minify: !process.argv.includes('--dev'),
  sourcemap: process.argv.includes('--dev'),
  logLevel: 'warning',
});
