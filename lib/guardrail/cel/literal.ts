/** Text as a CEL literal. */
export const celText = (text: string): string =>
  `'${text.replace(/[\\']/g, '\\$&').replace(/[\p{Cc}\u2028\u2029]/gu, escaped)}'`;

const escaped = (character: string): string =>
  `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Texts as a CEL list. */
export const celList = (texts: readonly string[]): string => `[${texts.map(celText).join(', ')}]`;
