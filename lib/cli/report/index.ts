import { github } from './github';
import { json } from './json';
import { junit } from './junit';
import { sarif } from './sarif';
import { summary, text } from './text';
import type { ReportView } from './view';

/** Every format of a report, by its name on the command line. */
export const formats = { text, json, sarif, junit, github } as const satisfies Readonly<
  Record<string, (view: ReportView) => string>
>;
export type Format = keyof typeof formats;

export { summary };
export { failuresOf, hasFailed, STDIN, type ReportView } from './view';
