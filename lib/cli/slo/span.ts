const UNITS = [
  ['d', 86_400],
  ['h', 3600],
  ['m', 60],
  ['s', 1],
] as const;

/** Seconds as people read them at a glance, in the two largest units: `52s`, `2m 22s`, `1d 12h`. */
export function spanText(seconds: number): string {
  const whole = Math.round(seconds);
  const at = UNITS.findIndex(([, size]) => whole >= size);
  const [unit, size] = UNITS[at] ?? ['s', 1];
  const [smaller, part] = UNITS[at + 1] ?? ['s', 1];
  const rest = Math.floor((whole % size) / part);
  const first = `${Math.floor(whole / size)}${unit}`;
  return rest === 0 || size === 1 ? first : `${first} ${rest}${smaller}`;
}

/** A moment in UTC, as `2026-10-31 00:05`. */
export const momentText = (seconds: number): string =>
  new Date(seconds * 1000).toISOString().slice(0, 'YYYY-MM-DDTHH:MM'.length).replace('T', ' ');
