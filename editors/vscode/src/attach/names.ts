// What a file's name tells.

const EXTENSIONS = ['.txt', '.text', '.csv', '.tsv', '.md', '.markdown'];

/** True where a text or Markdown file's name contains one of the words. */
export function nameTells(fileName: string, words: readonly string[]): boolean {
  const lower = fileName.toLowerCase();
  const dot = lower.lastIndexOf('.');
  // 「2025.部门预算」 has no extension, only a point in its name.
  const extension = dot > 0 && /^\.[a-z0-9]+$/.test(lower.slice(dot)) ? lower.slice(dot) : '';
  const isText = extension === '' || EXTENSIONS.includes(extension);
  return isText && words.some((word) => word !== '' && lower.includes(word.toLowerCase()));
}
