/** A moment in UTC as people and `--from` read it, `2026-11-22T16:20:04Z`; with milliseconds where it has some. */
export const isoText = (seconds: number): string =>
  new Date(Math.round(seconds * 1000)).toISOString().replace('.000Z', 'Z');
