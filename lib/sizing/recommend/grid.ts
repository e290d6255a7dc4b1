/**
 * The E24 series of preferred numbers, 24 to a decade and about 10 % apart: a request moves by a step that can be seen, or not at all.
 * @see IEC 60063, preferred number series
 */
const E24 = [
  10, 11, 12, 13, 15, 16, 18, 20, 22, 24, 27, 30, 33, 36, 39, 43, 47, 51, 56, 62, 68, 75, 82, 91,
] as const;

/** What computing may add to a value that stands on the grid. */
const DUST = 1e-9;

/** The sizes that are proposed of one resource: whole units on the E24 series, of which `perOne` make one, and not below `least`. */
export interface Grid {
  readonly perOne: number;
  readonly least: number;
}

/** Cores, in thousandths; at least 10m, as KRR has it. */
export const cpuGrid: Grid = { perOne: 1000, least: 0.01 };

/** Bytes, in mebibytes; at least 32Mi (judgement). */
export const memoryGrid: Grid = { perOne: 2 ** -20, least: 32 * 2 ** 20 };

/** The next size of the grid that is not below an amount. */
export function roundUp({ perOne, least }: Grid, amount: number): number {
  if (amount <= least * (1 + DUST)) return least;
  const { steps, scale } = stepsAround(amount * perOne);
  const wanted = amount * perOne * (1 - DUST);
  return ((steps.find((step) => step * scale >= wanted) ?? 100) * scale) / perOne;
}

/** The next size of the grid that is not above an amount; the least one where there is none. */
export function roundDown({ perOne, least }: Grid, amount: number): number {
  if (amount <= least) return least;
  const { steps, scale } = stepsAround(amount * perOne);
  const wanted = amount * perOne * (1 + DUST);
  return Math.max(
    least,
    ((steps.findLast((step) => step * scale <= wanted) ?? 10) * scale) / perOne,
  );
}

/** The series at the decade of a count: each step times `scale`. */
function stepsAround(count: number): { readonly steps: readonly number[]; readonly scale: number } {
  return { steps: [...E24, 100], scale: 10 ** (Math.floor(Math.log10(count * (1 + DUST))) - 1) };
}
