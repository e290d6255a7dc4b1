const PART = /(\d{1,5})(h|ms|m|s)/g;
const DURATION = /^(?:\d{1,5}(?:h|m|s|ms)){1,4}$/;
const MILLISECONDS: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 };

/**
 * Reads a duration of the Gateway API such as `1m30s`; undefined when it is none.
 * @see https://gateway-api.sigs.k8s.io/geps/gep-2257/
 */
export function tryMilliseconds(text: unknown): number | undefined {
  if (typeof text !== 'string' || !DURATION.test(text)) return undefined;
  return [...text.matchAll(PART)].reduce(
    (sum, [, amount, unit = '']) => sum + Number(amount) * (MILLISECONDS[unit] ?? 0),
    0,
  );
}

/** Milliseconds as a duration in seconds. */
export const secondsText = (milliseconds: number): string => `${milliseconds / 1000}s`;
