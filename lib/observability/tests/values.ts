import { rounded } from '../duration';

/** Samples in the notation of promtool: runs with one difference, as `0+600x360`. `undefined` is a sample that is missing. */
export function notation(values: readonly (number | undefined)[]): string {
  const runs: string[] = [];
  let at = 0;
  while (at < values.length) {
    const run = runAt(values, at);
    runs.push(run.text);
    at += run.length;
  }
  return runs.join(' ');
}

interface Run {
  readonly text: string;
  readonly length: number;
}

function runAt(values: readonly (number | undefined)[], at: number): Run {
  const first = values[at];
  const next = values[at + 1];
  let length = 1;
  if (first === undefined) {
    while (at + length < values.length && values[at + length] === undefined) length++;
    return { text: length === 1 ? '_' : `_x${length}`, length };
  }
  if (next === undefined) return { text: String(rounded(first)), length };
  const step = rounded(next - first);
  while (rounded((values[at + length] ?? NaN) - first) === rounded(step * length)) length++;
  const sign = step < 0 ? '-' : '+';
  const difference = step === 0 ? '' : `${sign}${Math.abs(step)}`;
  return { text: `${rounded(first)}${difference}x${length - 1}`, length };
}
