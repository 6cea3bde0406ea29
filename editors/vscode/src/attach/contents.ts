// What the beginning of a text tells. The server recognises disclosures; this spares it every other text.

/** Characters from the beginning of a file by which it is recognised. */
export const HEAD = 20_000;

/** True where the server should be asked whether this is a disclosure. */
export function mayBeDisclosure(head: string): boolean {
  return /[预決决]\s*算/u.test(head);
}
