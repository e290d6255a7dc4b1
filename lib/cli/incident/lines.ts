/** The width of a terminal that everybody has. */
export const WIDTH = 80;

/** Text on lines that fit, those after the first a little further in. */
export function wrapped(text: string, indent = 2, more = 4): readonly string[] {
  const lines: string[] = [];
  let line = ' '.repeat(indent);
  let isEmpty = true;
  for (const word of text.split(/ +/)) {
    if (!isEmpty && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = ' '.repeat(more);
      isEmpty = true;
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, line];
}

/** A command that can be pasted as it stands: broken between words alone, and never within quotes. */
export function commandLines(command: string, indent = 4): readonly string[] {
  const words = command.match(/(?:'[^']*'|[^' ])+/g) ?? [];
  const lines: string[] = [];
  let line = ' '.repeat(indent);
  for (const word of words) {
    const isFirst = line.trim() === '';
    if (!isFirst && line.length + word.length + ' \\'.length >= WIDTH) {
      lines.push(`${line} \\`);
      line = ' '.repeat(indent + 2) + word;
    } else line += isFirst ? word : ` ${word}`;
  }
  return [...lines, line];
}

/** Some of many, and how many more there are. */
export function few<T>(
  rows: readonly T[],
  most: number,
  lines: (row: T) => readonly string[],
  what: string,
): readonly string[] {
  const shown = rows.slice(0, most).flatMap(lines);
  const rest = rows.length - most;
  return rest > 0 ? [...shown, `  and ${rest} more ${what}: --json has them`] : shown;
}
