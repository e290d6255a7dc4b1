import { dayNumber, dayOfNumber } from '../sizing';

/** Whole days in UTC. */
export interface Window {
  /** The first and the last day, as `2026-11-06`. */
  readonly from: string;
  readonly to: string;
  readonly days: readonly string[];
  /** The midnights at which it begins and ends, in seconds since 1970. */
  readonly start: number;
  readonly end: number;
}

export const DAY_SECONDS = 86_400;

/** So many whole days that ended before a day: all runs of that day ask the same. */
export function windowBefore(day: string, days: number): Window {
  const end = startOf(day);
  const start = end - days * DAY_SECONDS;
  const names = Array.from({ length: days }, (_, index) => dayAt(start + index * DAY_SECONDS));
  return { from: dayAt(start), to: dayAt(end - DAY_SECONDS), days: names, start, end };
}

/** The last days of a window. */
export const lastDays = ({ end }: Window, days: number): Window => windowBefore(dayAt(end), days);

/** The day of a time. */
export const dayAt = (seconds: number): string => dayOfNumber(Math.floor(seconds / DAY_SECONDS));

/** The midnight at which a day begins. */
export const startOf = (day: string): number => dayNumber(day) * DAY_SECONDS;

/** The day so many days after another one. */
export const neighbour = (day: string, by: number): string => dayOfNumber(dayNumber(day) + by);

/** How many days one day is after another. */
export const daysBetween = (from: string, to: string): number => dayNumber(to) - dayNumber(from);
