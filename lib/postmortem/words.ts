import { inTwoUnits } from '../foundation';

/** By what a human part is found. */
export const MARKER = 'needs human:';

/** Something that only people know. */
export const human = (what: string): string => `${MARKER} ${what}`;

/** A moment in UTC, to the second. */
export const momentOf = (seconds: number): string =>
  new Date(Math.round(seconds * 1000))
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, '');

/** A time as people say it, in its two largest units: `4 min`, `1 h 20 min`, `2.5 s`. */
export const spanOf = (seconds: number): string =>
  seconds < 10
    ? `${Number(seconds.toFixed(1))} s`
    : inTwoUnits(seconds, [' d', ' h', ' min', ' s']);

/** A share as a percentage, with as many digits as say something. */
export function percentOf(share: number): string {
  const percent = share * 100;
  if (percent !== 0 && Math.abs(percent) < 0.1) return `${Number(percent.toPrecision(2))} %`;
  return `${Number(percent.toFixed(1))} %`;
}

/** A number of events. */
export const countOf = (count: number): string =>
  Math.round(count)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ',');

/** How long something took; of a rehearsal also how long it would have taken. */
export const lastingOf = (seconds: number, pace: number): string =>
  pace === 1 ? spanOf(seconds) : `${spanOf(seconds)}, which stand for ${spanOf(seconds * pace)}`;
