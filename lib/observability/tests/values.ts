import { rounded } from '../duration';

/** A sample; `undefined` where it is missing, and `stale` where its target says that the series has ended. */
export type SampleValue = number | 'stale' | undefined;

/** Samples in the notation of promtool: runs with one difference, as `0+600x360`. */
export function notation(values: readonly SampleValue[]): string {
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

function runAt(values: readonly SampleValue[], at: number): Run {
  const first = values[at];
  const next = values[at + 1];
  let length = 1;
  if (first === undefined) {
    while (at + length < values.length && values[at + length] === undefined) length++;
    return { text: length === 1 ? '_' : `_x${length}`, length };
  }
  if (first === 'stale') return { text: first, length };
  if (typeof next !== 'number') return { text: String(rounded(first)), length };
  const step = rounded(next - first);
  while (rounded(numberAt(values, at + length) - first) === rounded(step * length)) length++;
  const sign = step < 0 ? '-' : '+';
  const difference = step === 0 ? '' : `${sign}${Math.abs(step)}`;
  return { text: `${rounded(first)}${difference}x${length - 1}`, length };
}

function numberAt(values: readonly SampleValue[], at: number): number {
  const value = values[at];
  return typeof value === 'number' ? value : NaN;
}
