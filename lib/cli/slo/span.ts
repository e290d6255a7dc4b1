import { inTwoUnits } from '../../foundation';

/** Seconds as people read them at a glance, in the two largest units: `52s`, `2m 22s`, `1d 12h`. */
export const spanText = (seconds: number): string => inTwoUnits(seconds, ['d', 'h', 'm', 's']);

/** A moment in UTC, as `2026-10-31 00:05`. */
export const momentText = (seconds: number): string =>
  new Date(seconds * 1000).toISOString().slice(0, 'YYYY-MM-DDTHH:MM'.length).replace('T', ' ');
