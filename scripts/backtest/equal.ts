import { ascending, quantileOf } from './quantile';
import { seeded } from './random';
import type { Rule } from './rule';
import type { Outcome } from './score';

/** What a rule needs where every rule is in breach equally often. */
export interface EqualScore {
  readonly rule: string;
  /** The sum of scaled requests by the sum of what they are measured by, with its interval. */
  readonly fleet: Estimate;
  /** The share of windows in breach that came out, the scale being fitted elsewhere. */
  readonly breached: number;
  /** Its fleet by that of the first rule. */
  readonly relative: Estimate;
}

/** A number and the middle 95 % of its bootstrap. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface EqualOptions {
  /** The share of windows that may be in breach. */
  readonly level: number;
  readonly draws: number;
  readonly seed: number;
}

/** Fewer series in a half fit no scale. */
const LEAST_SERIES = 4;

/** The windows of each series of each half. */
type Halves = readonly [readonly (readonly Outcome[])[], readonly (readonly Outcome[])[]];

/**
 * Each rule times a scale at which it is in breach equally often. The scale of each half of the series is fitted on the other half, and
 * fitted anew in every draw of a bootstrap over series. Undefined with too few series.
 */
export function equalScores(
  outcomes: readonly Outcome[],
  rules: readonly Rule[],
  { level, draws, seed }: EqualOptions,
): readonly EqualScore[] | undefined {
  const random = seeded(seed);
  const halves = halvesOf(outcomes, random);
  if (halves[0].length + halves[1].length < LEAST_SERIES) return undefined;
  const all = rules.map((_, rule) => atLevel(halves, rule, level));
  const drawn = Array.from({ length: draws }, () => {
    const sample: Halves = [resampled(halves[0], random), resampled(halves[1], random)];
    return rules.map((_, rule) => atLevel(sample, rule, level).fleet);
  });
  const first = all[0]?.fleet ?? 1;
  return rules.map(({ name }, rule) => {
    const { fleet, breached } = all[rule] ?? { fleet: NaN, breached: NaN };
    const fleets = drawn.map((each) => each[rule] ?? NaN);
    const ratios = drawn.map((each) => (each[rule] ?? NaN) / (each[0] ?? NaN));
    return {
      rule: name,
      fleet: estimate(fleet, fleets),
      breached,
      relative: estimate(fleet / first, ratios),
    };
  });
}

function halvesOf(outcomes: readonly Outcome[], random: () => number): Halves {
  const bySeries = new Map<number, Outcome[]>();
  for (const each of outcomes)
    bySeries.set(each.series, [...(bySeries.get(each.series) ?? []), each]);
  const shuffled = [...bySeries.values()]
    .map((windows) => ({ windows, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ windows }) => windows);
  const half = Math.ceil(shuffled.length / 2);
  return [shuffled.slice(0, half), shuffled.slice(half)];
}

const resampled = <T>(items: readonly T[], random: () => number): readonly T[] =>
  items.flatMap(() => items[Math.floor(random() * items.length)] ?? []);

function atLevel(
  halves: Halves,
  rule: number,
  level: number,
): { readonly fleet: number; readonly breached: number } {
  const [one, other] = [halves[0].flat(), halves[1].flat()];
  let requests = 0;
  let bases = 0;
  let breached = 0;
  for (const [windows, fitted] of [
    [one, other],
    [other, one],
  ] as const) {
    const scale = scaleOf(fitted, rule, level);
    for (const each of windows) {
      const request = scale * plain(each, rule);
      requests += request;
      bases += each.base;
      if (each.enough > request) breached++;
    }
  }
  return { fleet: requests / bases, breached: breached / (one.length + other.length) };
}

/** The least scale at which no more of the windows are in breach. */
export function scaleOf(outcomes: readonly Outcome[], rule: number, level: number): number {
  const needed = ascending(outcomes.map((each) => each.enough / plain(each, rule)));
  return needed[needed.length - 1 - Math.floor(level * needed.length)] ?? 1;
}

const plain = ({ verdicts }: Outcome, rule: number): number => verdicts[rule]?.asked.plain ?? 0;

function estimate(value: number, drawn: readonly number[]): Estimate {
  const sorted = ascending(drawn);
  return { value, low: quantileOf(sorted, 0.025), high: quantileOf(sorted, 0.975) };
}
