import { describe } from '../foundation';

/** Replica bounds. */
export interface Bounds {
  readonly min: number;
  readonly max: number;
}

/** How an environment turns a declared scale into replica bounds. */
export interface Capacity {
  /** What it does, for the people who read the model. */
  readonly description: string;
  /** Must be a pure function. */
  readonly bounds: (declared: Bounds) => Bounds;
}

const capacity = (description: string, bounds: Capacity['bounds']): Capacity =>
  Object.freeze({ description, bounds });

/** The capacities that environments choose from; any pure function of the declared bounds is one too. */
export const Capacity = Object.freeze({
  /** One replica of everything, without autoscaling. */
  single: (): Capacity => capacity('one replica', () => ({ min: 1, max: 1 })),
  /** What the team declared, cut off at `most` replicas. */
  atMost: (most: number): Capacity =>
    capacity(`at most ${describe(most)} replicas`, ({ min, max }) => ({
      min: Math.min(min, most),
      max: Math.min(max, most),
    })),
  /** What the team declared. */
  asDeclared: (): Capacity => capacity('as declared', (declared) => declared),
});
