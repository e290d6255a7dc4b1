import { ascending, mean, most, quantileOf } from './quantile';
import type { Asked, Rule } from './rule';
import type { Window } from './windows';

/** So much of a window's samples may be above the request before the window counts as in breach. */
const BORNE = 0.05;
/** Where use is smaller, floors decide and no rule. In cores. */
const LEAST_USE = 0.01;

/** What one rule asked for before one window, and what came of it. */
export interface Verdict {
  readonly asked: Asked;
  /** The share of CPU samples above what was shipped; of memory 1 where the peak passed it, or 0. */
  readonly above: number;
}

/** One resource in one window. */
export interface Outcome {
  /** The number of the series. */
  readonly series: number;
  /** By what requests are measured: the mean use of CPU, the peak of memory. */
  readonly base: number;
  /** The least request that is not in breach. */
  readonly enough: number;
  /** In the order of the rules. */
  readonly verdicts: readonly Verdict[];
}

/** Undefined where the container hardly uses CPU. */
export function cpuOutcome(
  series: number,
  { training, after }: Window,
  rules: readonly Rule[],
): Outcome | undefined {
  const before = ascending(training.flatMap(({ cpu }) => cpu));
  const use = ascending(after.flatMap(({ cpu }) => cpu));
  const base = mean(use);
  if (quantileOf(before, 0.95) < LEAST_USE || base === 0) return undefined;
  const enough = use[use.length - 1 - Math.floor(BORNE * use.length)] ?? 0;
  const verdicts = rules.map((rule) => {
    const asked = rule.cpu(training);
    const above = use.filter((each) => each > asked.shipped).length / use.length;
    return { asked, above };
  });
  return { series, base, enough, verdicts };
}

/** Undefined where no memory was measured. */
export function memoryOutcome(
  series: number,
  { training, after }: Window,
  rules: readonly Rule[],
): Outcome | undefined {
  const base = most(after.map(({ memory }) => most(memory)));
  if (base === 0 || most(training.map(({ memory }) => most(memory))) === 0) return undefined;
  const verdicts = rules.map((rule) => {
    const asked = rule.memory(training);
    return { asked, above: base > asked.shipped ? 1 : 0 };
  });
  return { series, base, enough: base, verdicts };
}

/** How one rule did over all windows. */
export interface Score {
  readonly rule: string;
  /** The sum of requests by the sum of what they are measured by. */
  readonly fleet: number;
  /** The median of the same of each window. */
  readonly median: number;
  /** The mean share of samples above the request. */
  readonly above: number;
  /** The share of windows in breach. */
  readonly breached: number;
}

/** How each rule did as it is shipped. */
export const scoresOf = (outcomes: readonly Outcome[], rules: readonly Rule[]): readonly Score[] =>
  rules.map(({ name }, at) => {
    const of = outcomes.flatMap(({ base, verdicts }) => {
      const verdict = verdicts[at];
      return verdict === undefined ? [] : [{ base, ...verdict }];
    });
    const requests = of.map(({ asked }) => asked.shipped);
    return {
      rule: name,
      fleet: mean(requests) / mean(of.map(({ base }) => base)),
      median: quantileOf(ascending(of.map(({ asked, base }) => asked.shipped / base)), 0.5),
      above: mean(of.map(({ above }) => above)),
      breached: of.filter(({ above }) => above > BORNE).length / of.length,
    };
  });
