import type { Flaw } from './document';

/** A file beyond it is no manifest: the API server takes requests of up to 3 MiB. Dumps of a whole cluster fit. */
export const MOST_BYTES = 20 * 2 ** 20;

/** What YAML forbids to stand in a text as it is. */
const CONTROL = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/;

/** The bytes of a file as text, without a byte order mark, or what keeps them from being text. */
export function textOf(bytes: Uint8Array): { readonly text: string; readonly flaw?: Flaw } {
  if (bytes.length > MOST_BYTES) {
    const found = `the file is larger than ${MOST_BYTES / 2 ** 20} MiB`;
    return { text: '', flaw: { offset: 0, found, fix: 'Split it into several files' } };
  }
  const isUtf16 =
    (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (isUtf16) {
    return { text: '', flaw: { offset: 0, found: 'the file is UTF-16', fix: 'Save it as UTF-8' } };
  }
  const text = new TextDecoder().decode(bytes);
  const [offset, found] = isUtf8(bytes)
    ? [text.search(CONTROL), 'the file has a control character']
    : [text.indexOf('\ufffd'), 'the file has bytes that are not UTF-8'];
  if (offset === -1) return { text };
  const fix = 'Save it as plain UTF-8; in YAML, write other characters as escapes in double quotes';
  return { text, flaw: { offset, found, fix } };
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
