/** Text as a shell takes it whole, in quotes where it needs them. */
export const shellWord = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

/** Words as a line that a shell takes apart into these again. */
export const shellText = (words: readonly string[]): string => words.map(shellWord).join(' ');
