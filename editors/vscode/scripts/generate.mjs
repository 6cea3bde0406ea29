// Writes what comes from editors/settings.toml: the settings in package.json and package.nls*.json, the file name patterns of
// the language, the words of the Neovim plugin, the tables in editors/README*.md. With --check it writes nothing and
// fails where something is stale.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'smol-toml';

const here = path.resolve(import.meta.dirname, '..');
const editors = path.resolve(here, '..');
const { setting: settings } = parse(readFileSync(path.join(editors, 'settings.toml'), 'utf8'));
const words = settings.find(({ key }) => key === 'attach.names').default;

const PREFIX = 'setting.';
/** Files that become the language by their name; Markdown stays Markdown. */
const ENDINGS = ['.txt', '.text', '.csv', '.tsv'];

/** The schema of a setting as VS Code wants it, its texts by key. */
function schema({ key, type, default: initial, values, item, trusted }) {
  const text = `%${PREFIX}${key}%`;
  const types = { string: { type }, boolean: { type }, list: { type: 'array', items: { type: 'string', ...(item && { pattern: item }) }, uniqueItems: true } };
  return {
    ...types[type],
    default: initial,
    ...(values && { enum: values.map(({ value }) => value), markdownEnumDescriptions: values.map(({ value }) => `%${PREFIX}${key}.${value}%`) }),
    markdownDescription: text,
    scope: trusted ? 'machine-overridable' : 'window',
  };
}

/** The texts of all settings in one language, by key. */
function texts(language) {
  const entries = settings.flatMap((setting) => [
    [`${PREFIX}${setting.key}`, setting[language]],
    ...(setting.values ?? []).map((value) => [`${PREFIX}${setting.key}.${value.value}`, value[language]]),
  ]);
  return Object.fromEntries(entries);
}

function manifest(old) {
  const { contributes } = old;
  const properties = Object.fromEntries(settings.map((setting) => [`gouji.${setting.key}`, schema(setting)]));
  const restricted = settings.filter(({ trusted }) => trusted).map(({ key }) => `gouji.${key}`);
  const [language] = contributes.languages;
  language.filenamePatterns = words.flatMap((word) => ENDINGS.map((ending) => `*${word}*${ending}`));
  const { untrustedWorkspaces } = old.capabilities;
  return {
    ...old,
    capabilities: { ...old.capabilities, untrustedWorkspaces: { ...untrustedWorkspaces, restrictedConfigurations: restricted } },
    contributes: { ...contributes, configuration: { title: '勾稽 gouji', properties } },
  };
}

function nls(language) {
  return (old) => ({ ...Object.fromEntries(Object.entries(old).filter(([key]) => !key.startsWith(PREFIX))), ...texts(language) });
}

const json = (change) => (old) => `${JSON.stringify(change(JSON.parse(old)), null, 2)}\n`;

const lua = () =>
  `-- Generated from editors/settings.toml by npm run generate in editors/vscode; do not edit.\nreturn {\n${words.map((word) => `  '${word}',\n`).join('')}}\n`;

/** The table between the marks of a page. */
function table(language, head) {
  const shown = (value) => `\`${JSON.stringify(value)}\``;
  const rows = settings.map((setting) => {
    const values = setting.values ? ` (${setting.values.map(({ value }) => `\`${value}\``).join(', ')})` : '';
    return `| \`gouji.${setting.key}\` | ${shown(setting.default)}${values} | ${setting[language]} |`;
  });
  const lines = [`| ${head.join(' | ')} |`, '|---|---|---|', ...rows].join('\n');
  return (old) => old.replace(/(<!-- settings -->)[^]*?(<!-- \/settings -->)/, (_, before, after) => `${before}\n${lines}\n${after}`);
}

const products = {
  'vscode/package.json': json(manifest),
  'vscode/package.nls.json': json(nls('en')),
  'vscode/package.nls.zh-cn.json': json(nls('zh')),
  'nvim/lua/gouji/names.lua': lua,
  'README.md': table('en', ['setting', 'default', '']),
  'README.zh-CN.md': table('zh', ['设置', '默认值', '']),
};

const stale = Object.entries(products).filter(([name, make]) => {
  const file = path.join(editors, name);
  const old = readFileSync(file, 'utf8');
  const made = make(old);
  if (made !== old && !process.argv.includes('--check')) {
    writeFileSync(file, made);
  }
  return made !== old;
});
stale.forEach(([name]) => console.log(`${process.argv.includes('--check') ? 'stale' : 'written'}: editors/${name}`));
if (process.argv.includes('--check') && stale.length > 0) {
  console.error('run `npm run generate` in editors/vscode');
  process.exit(1);
}
