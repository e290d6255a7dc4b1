const PART = /(\d{1,6}(?:\.\d{1,9})?)(ms|s|m|h)/g;
const DURATION = /^(?:\d{1,6}(?:\.\d{1,9})?(?:ms|s|m|h)){1,4}$/;
const SECONDS: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 0.001 };

/** A duration such as `300ms` or `1h30m` in seconds; undefined when it is none. */
export function trySeconds(text: unknown): number | undefined {
  if (typeof text !== 'string' || !DURATION.test(text)) return undefined;
  const sum = [...text.matchAll(PART)].reduce(
    (total, [, amount, unit = '']) => total + Number(amount) * (SECONDS[unit] ?? 0),
    0,
  );
  return rounded(sum);
}

/** A number without the noise of binary fractions, which people would read in rules. */
export const rounded = (value: number): number =>
  Number.isInteger(value) ? value : Number(value.toPrecision(12));

const UNITS = [
  ['h', 3600],
  ['m', 60],
  ['s', 1],
  ['ms', 0.001],
] as const;

/** Seconds as people and Prometheus write them, in the largest unit that divides them: `10m`, `300ms`. */
export function durationText(seconds: number): string {
  const [unit, size] = UNITS.find(([, each]) => isWhole(seconds / each)) ?? ['s', 1];
  return `${rounded(seconds / size)}${unit}`;
}

const isWhole = (value: number): boolean => value >= 1 && Number.isInteger(rounded(value));

/** Seconds of a minute and more as people say them: `25h 5m`. */
export function spanText(seconds: number): string {
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  const parts = [...(hours > 0 ? [`${hours}h`] : []), ...(minutes > 0 ? [`${minutes}m`] : [])];
  return parts.length === 0 || seconds % 60 > 0 ? durationText(seconds) : parts.join(' ');
}
