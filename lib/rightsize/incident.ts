import { tryMoment } from '../foundation';
import type { Measurements } from '../sizing';
import { DAY_SECONDS, startOf, type Window } from './window';

/** A time in which use was not as it usually is, in seconds since 1970. */
export interface Incident {
  readonly from: number;
  readonly to: number;
}

/** Reads `2026-11-03T10:00Z/2026-11-03T14:30Z`, days or times in UTC; a last day counts whole. Undefined when it is none. */
export function tryIncident(text: string): Incident | undefined {
  const [begin = '', end = begin, more] = text.split('/');
  const [from, last] = [tryMoment(begin), tryMoment(end)];
  if (more !== undefined || from === undefined || last === undefined) return undefined;
  const to = last + (end.includes('T') ? 0 : DAY_SECONDS);
  return from <= to ? { from, to } : undefined;
}

/** Whether an incident reaches into a window. */
export const overlaps = (
  { start, end }: Pick<Window, 'start' | 'end'>,
  { from, to }: Incident,
): boolean => from < end && to > start;

/**
 * What was measured on the days that no incident reaches into, in UTC. Kills for want of memory and starts count all the same: they say
 * what it takes, whatever the reason.
 */
export function withoutIncidents(
  measured: Measurements,
  window: Window,
  incidents: readonly Incident[],
): Measurements {
  const isAny = incidents.some((each) => overlaps(window, each));
  if (!isAny || measured.podDays.length === 0) return measured;
  const isUsual = (day: string): boolean => {
    const start = startOf(day);
    return !incidents.some((each) => overlaps({ start, end: start + DAY_SECONDS }, each));
  };
  return {
    ...measured,
    incident: true,
    wholeDays: measured.wholeDays.filter(isUsual),
    podDays: measured.podDays.filter(({ day }) => isUsual(day)),
  };
}
