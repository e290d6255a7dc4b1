const MILLISECONDS = 86_400_000;

/** The number of a UTC day such as `2026-11-06`, counted from 1970-01-01. */
export const dayNumber = (day: string): number =>
  Math.floor(Date.parse(`${day}T00:00:00Z`) / MILLISECONDS);

/** The UTC day of a number. */
export const dayOfNumber = (number: number): string =>
  new Date(number * MILLISECONDS).toISOString().slice(0, 10);
