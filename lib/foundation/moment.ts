import { isText } from './names';

/** A moment in UTC as people and `--from` read it, `2026-11-22T16:20:04Z`; with milliseconds where it has some. */
export const isoText = (seconds: number): string =>
  new Date(Math.round(seconds * 1000)).toISOString().replace('.000Z', 'Z');

/** Whether a value is a day of the calendar as ISO 8601 writes it. */
export function isDay(value: unknown): value is string {
  if (!isText(value) || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const day = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
}

const TIME = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?Z)?$/;

/** Reads a time in UTC such as `2026-11-20T14:30Z`, or a day, which is its begin: seconds since 1970. Undefined of all else. */
export function tryMoment(text: string): number | undefined {
  if (!TIME.test(text) || !isDay(text.slice(0, 'YYYY-MM-DD'.length))) return undefined;
  const seconds = Date.parse(text) / 1000;
  return Number.isNaN(seconds) ? undefined : seconds;
}
