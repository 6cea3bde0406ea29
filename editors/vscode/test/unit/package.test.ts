// What is packaged, and for which platforms.
import * as assert from 'node:assert';
import * as fs from 'node:fs';
import { test } from 'node:test';

const manifest = JSON.parse(fs.readFileSync('package.json', 'utf8'));
const workflow = fs.readFileSync('../../.github/workflows/release.yml', 'utf8');

test('every file that the manifest names is there', () => {
  const named = [...JSON.stringify(manifest).matchAll(/"(\.\/[^"]+|images\/[^"]+|walkthrough\/[^"]+)"/g)].map(([, file]) => file ?? '');
  const absent = named.filter((file) => !file.startsWith('./dist/') && !fs.existsSync(file));
  assert.deepStrictEqual(absent, []);
  assert.ok(named.length > 5);
});

test('nothing is downloaded, and nothing of a workspace is run unless it is trusted', () => {
  assert.strictEqual(manifest.capabilities.untrustedWorkspaces.supported, 'limited');
  assert.deepStrictEqual(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations, ['gouji.server.path']);
  const sources = fs.readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const network = sources.filter((name) => /node:(http|https|net|dgram|tls)|\bfetch\(/.test(fs.readFileSync(`src/${name}`, 'utf8')));
  assert.deepStrictEqual(network, []);
});

test('the release is made for every platform of the list', async () => {
  const { TARGETS } = await import('../../scripts/targets.mjs' as string);
  for (const [target, rust] of Object.entries<string>(TARGETS)) {
    assert.ok(workflow.includes(`target: ${target}, rust: ${rust},`), target);
  }
});
