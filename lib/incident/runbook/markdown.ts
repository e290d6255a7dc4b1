import { oneLine } from '../../foundation';

const LONGEST = 1000;

/** What somebody else has written: on one line, and no element. */
export const said = (text: string): string => oneLine(text, LONGEST).replaceAll('<', '&lt;');

/** What stands in a cell of a table: on one line, without a bar that would end it. */
export const cell = (text: string): string => oneLine(text, LONGEST).replaceAll('|', '\\|');

/**
 * A table with a row for each of something, without columns in which nothing stands.
 * @param none - what stands there without rows
 */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  none = '',
): string {
  if (rows.length === 0) return none;
  const isSaid = head.map((_, index) => rows.some((row) => row[index] !== ''));
  const line = (cells: readonly string[]): string =>
    `| ${cells
      .filter((_, index) => isSaid[index])
      .map(cell)
      .join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Commands to paste. */
export const sh = (...lines: readonly string[]): string => ['```sh', ...lines, '```'].join('\n');

/** An expression to paste into Prometheus or Grafana. */
export const promql = (expression: string): string => ['```promql', expression, '```'].join('\n');

/** Parts with an empty line between them; those that are empty are left out. */
export const joined = (...parts: readonly string[]): string =>
  parts.filter((part) => part !== '').join('\n\n');

/**
 * Where links to an alert lead. An element with an id: slugs of headings are small letters in GitHub, GitLab and TechDocs, and each makes its
 * own; an id they all keep as it is.
 */
export const anchor = (alert: string): string => `<a id="${alert}"></a>${alert}`;

/** A name as it is. */
export const code = (text: string): string => `\`${text}\``;

/** Things in a sentence. */
export const listed = (items: readonly string[], last = 'and'): string =>
  items.length < 2
    ? items.join('')
    : `${items.slice(0, -1).join(', ')} ${last} ${items.at(-1) ?? ''}`;

const UNITS = [
  ['d', 86_400, 2],
  ['h', 3600, 2],
  ['min', 60, 2],
] as const;

/** A time as people say it: `52 s`, `10 min`, `4 h`. */
export function timeText(seconds: number): string {
  const [unit, size] = UNITS.find(([, each, least]) => seconds >= each * least) ?? ['s', 1];
  return `${Math.round(seconds / size)} ${unit}`;
}
