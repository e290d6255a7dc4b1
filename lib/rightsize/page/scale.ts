/** A linear scale from 0 on, as wide as a picture. */
export interface Scale {
  /** What stands at its right end. */
  readonly end: number;
  /** Round amounts from 0 on. */
  readonly ticks: readonly number[];
  /** Whether something lies beyond its end. */
  readonly isCut: boolean;
}

/** Beyond so many times the rest, an extreme would press all else together. */
const FAR = 2;
const ROOM_AFTER_ALL = 1.06;
const ROOM_AFTER_CUT = 1.2;
/** As many fit side by side on a phone. */
const MOST_TICKS = 4;

/**
 * A scale that holds all amounts, or, where the extremes among them are far from the others, the others alone.
 * @param near - what must be seen: requests, and what is usual
 * @param far - what may lie beyond: the most, limits
 * @param steps - the distances that ticks may have, rising
 */
export function scaleOf(
  near: readonly number[],
  far: readonly number[],
  steps: readonly number[],
): Scale {
  const usual = Math.max(0, ...near);
  const most = Math.max(usual, ...far);
  const isCut = usual > 0 && most > FAR * usual;
  const end = (isCut ? usual * ROOM_AFTER_CUT : most * ROOM_AFTER_ALL) || (steps[0] ?? 1);
  const step = steps.find((each) => end / each <= MOST_TICKS) ?? end;
  const count = Math.floor(end / step);
  return { end, ticks: Array.from({ length: count + 1 }, (_, at) => at * step), isCut };
}

/** Where an amount stands, in percent of the width. */
export const shareOfWidth = ({ end }: Scale, amount: number): number =>
  Number(((100 * amount) / end).toFixed(2));

/** Thousandths of a core: 1, 2 and 5 of each power of ten. */
export const cpuSteps: readonly number[] = [0, 1, 2, 3, 4, 5, 6, 7].flatMap((power) =>
  [1, 2, 5].map((digit) => (digit * 10 ** power) / 1000),
);

/** Powers of two, from one mebibyte on. */
export const memorySteps: readonly number[] = Array.from({ length: 30 }, (_, at) => 2 ** (20 + at));
