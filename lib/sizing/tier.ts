/** How much a workload may be trusted to its usual use: `critical` where a breach hurts users, `tolerant` where work may take longer. */
export const tiers = ['critical', 'standard', 'tolerant'] as const;
export type Tier = (typeof tiers)[number];

/** By which rule requests follow from what was measured. */
export interface TierRule {
  readonly cpu: {
    /** The share of the samples that the request covers. */
    readonly quantile: number;
    /** After how many hours a sample counts half; every sample of the window counts alike without. */
    readonly halfLifeHours?: number;
    /**
     * The share of the samples above the request that is borne, of all that keeps running: the request covers the rest of the window,
     * however long ago that was. That of `critical` is its quantile's; the others are judgement.
     */
    readonly borne: number;
  };
  readonly memory: {
    /** The factor on the largest use of the window. */
    readonly margin: number;
  };
}

/**
 * Back-tested on 387 virtual machines of Bitbrains' trace: a P98 that forgets by half each day needed 9 to 11 % less CPU than KRR's P95 of
 * two weeks at the same share of breaches, while a flat P99 breached least where sizes stay for a month. The largest use of two weeks with
 * 15 % on top was passed in 38 % of the next four weeks, with 30 % in 29 %, with 50 % in 22 %. That memory was of machines, not of
 * containers, so take the order and not the numbers. `tolerant` is judgement, and so is the flat quantile beneath those that forget, which
 * that back-test did not have: with a half-life of a day, a day six days ago weighs less than 1 %, and a busy day a week would be forgotten.
 */
export const tierRules: Readonly<Record<Tier, TierRule>> = Object.freeze({
  critical: { cpu: { quantile: 0.99, borne: 0.01 }, memory: { margin: 1.5 } },
  standard: { cpu: { quantile: 0.98, halfLifeHours: 24, borne: 0.05 }, memory: { margin: 1.3 } },
  tolerant: { cpu: { quantile: 0.95, halfLifeHours: 24, borne: 0.05 }, memory: { margin: 1.15 } },
});

/** A rule as people read it: `cpu p98, half-life 24 h, at least flat p95; memory max x 1.3`. */
export function ruleText({ cpu, memory }: TierRule): string {
  const { quantile, halfLifeHours, borne } = cpu;
  const decay =
    halfLifeHours === undefined
      ? ''
      : `, half-life ${halfLifeHours} h, at least flat ${quantileText(1 - borne)}`;
  return `cpu ${quantileText(quantile)}${decay}; memory max x ${memory.margin}`;
}

/** A quantile as people read it: `p98`. */
export const quantileText = (quantile: number): string => `p${Number((quantile * 100).toFixed(3))}`;

/** Whether a word names a tier. */
export const isTier = (word: unknown): word is Tier => tiers.some((tier) => tier === word);
