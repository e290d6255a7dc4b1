import type { Day } from './windows';

/** What a rule asks for. */
export interface Asked {
  /** As it comes from the rule, to be scaled. */
  readonly plain: number;
  /** With floor and rounding, as it would be applied. */
  readonly shipped: number;
}

/** A way from use to sizes. */
export interface Rule {
  readonly name: string;
  readonly title: string;
  /** In cores. */
  readonly cpu: (training: readonly Day[]) => Asked;
  /** In bytes. */
  readonly memory: (training: readonly Day[]) => Asked;
}

/** An amount with a floor alone. */
export const floored = (plain: number, floor: number): Asked => ({
  plain,
  shipped: Math.max(plain, floor),
});
