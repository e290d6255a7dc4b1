import { inspect } from 'node:util';
import { tryNamed } from './named';

const LONGEST = 80;

/** A found value in a message: short, on one line, safe for anything. What comes from this library is named. */
export function describe(value: unknown): string {
  const shown = inspected(value);
  const line = oneLine(shown, LONGEST);
  const quote = typeof value === 'string' && line.endsWith('…') ? (shown[0] ?? '') : '';
  return quote === '' ? line : `${oneLine(shown, LONGEST - quote.length)}${quote}`;
}

/** What was thrown, for a message. */
export function reasonOf(thrown: unknown): string {
  try {
    return describe(thrown instanceof Error ? thrown.message : thrown);
  } catch {
    return `an unreadable ${typeof thrown}`;
  }
}

/** Text on one line that terminals and logs show as it is, cut off at `longest` characters. */
export function oneLine(text: string, longest: number): string {
  const line = text.replace(/[\s\p{Cc}]+/gu, ' ').replace(/\p{Surrogate}/gu, '\ufffd');
  return line.length > longest ? `${line.slice(0, longest - 1).replace(LOST_HALF, '')}…` : line;
}

/** Half of a pair that a cut left behind. */
const LOST_HALF = /\p{Surrogate}$/u;

function inspected(value: unknown): string {
  try {
    const named = tryNamed(value);
    if (named) return named.what;
    return inspect(value, { depth: 1, breakLength: Infinity, compact: true, maxArrayLength: 5 });
  } catch {
    // A value may bring an `inspect` or a getter of its own that throws.
    return `an unreadable ${typeof value}`;
  }
}

/** The known name nearest to a misspelled one, when it is near enough to be meant. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const reach = (candidate: string): number => Math.max(1, Math.floor(candidate.length / 3));
  const ranked = known
    .filter((candidate) => Math.abs(candidate.length - name.length) <= reach(candidate))
    .map((candidate) => ({
      candidate,
      distance: editDistance(name.toLowerCase(), candidate.toLowerCase()),
    }))
    .filter(({ candidate, distance }) => distance <= reach(candidate))
    .sort((a, b) => a.distance - b.distance || compareText(a.candidate, b.candidate));
  return ranked[0]?.candidate;
}

/** Orders text by UTF-16 code unit, which no locale changes. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, swap));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
