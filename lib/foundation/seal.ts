import { createHash } from 'node:crypto';

const SEAL = /\n<!-- golden-path [a-z -]+: as generated, ([0-9a-f]{16}) -->\n$/;

const digestOf = (text: string): string =>
  createHash('sha256').update(text).digest('hex').slice(0, 16);

/** A page in Markdown with a mark at its end, by which one can tell that nobody has changed it. @param by - the command that made it */
export const sealed = (text: string, by: string): string =>
  `${text}\n<!-- golden-path ${by}: as generated, ${digestOf(text)} -->\n`;

/** Whether a page is as it was generated, so that nobody's work is lost with it. */
export function isUntouched(text: string): boolean {
  const [mark = '', digest] = SEAL.exec(text) ?? [];
  return mark !== '' && digest === digestOf(text.slice(0, -mark.length));
}
