import type { EdgeModel } from '../foundation';
import { components } from './components';

/** What a service loses by itself, beside what its own dependencies make it lose. */
export interface Loss {
  readonly name: string;
  /** From 0 to 1. */
  readonly ratio: number;
}

/** The most that a service can promise, were it never at fault itself. */
export interface Ceiling {
  /** From 0 to 1. */
  readonly ratio: number;
  /** What pulls it down, the largest first. */
  readonly losses: readonly Loss[];
}

/**
 * How available each service can be at the most, by what the hard dependencies below it promise. A promise is measured at the service,
 * so it holds what its own dependencies lose: that is taken out of it again, and each is counted once, however many ways lead to it. What
 * promises nothing loses nothing. The services of a circle fail together and are counted as one, by the least of their promises.
 * Failures are taken to be independent of each other: those at the same time would leave a little more.
 * @param edges - of any number of applications, by names that are unique among them
 * @param promised - from 0 to 1, by name
 * @see https://queue.acm.org/detail.cfm?id=3096459
 */
export function ceilings(
  edges: readonly Pick<EdgeModel, 'from' | 'to' | 'soft'>[],
  promised: ReadonlyMap<string, number>,
): ReadonlyMap<string, Ceiling> {
  const hard = edges.filter(({ soft, from, to }) => !soft && from !== to);
  const groups = components(hard);
  const groupOf = new Map(groups.flatMap((group, at) => group.map((name) => [name, at] as const)));
  const below: Set<number>[] = groups.map(() => new Set());
  const calls = new Map<number, Set<number>>();
  for (const { from, to } of hard) {
    const [caller = 0, callee = 0] = [groupOf.get(from), groupOf.get(to)];
    if (caller !== callee) calls.set(caller, (calls.get(caller) ?? new Set()).add(callee));
  }
  const own: (Loss | undefined)[] = [];
  const found = new Map<string, Ceiling>();
  for (const [at, group] of groups.entries()) {
    const reached = below[at] ?? new Set();
    for (const callee of calls.get(at) ?? []) {
      reached.add(callee);
      for (const further of below[callee] ?? []) reached.add(further);
    }
    const losses = [...reached].flatMap((each) => own[each] ?? []);
    const ceiling = { ratio: losses.reduce((left, { ratio }) => left * (1 - ratio), 1), losses };
    own.push(ownLoss(group, ceiling.ratio, promised));
    for (const name of group) found.set(name, { ...ceiling, losses: sorted(losses) });
  }
  return found;
}

function ownLoss(
  group: readonly string[],
  ceiling: number,
  promised: ReadonlyMap<string, number>,
): Loss | undefined {
  const [least] = group
    .flatMap((name) => ({ name, ratio: promised.get(name) ?? 1 }))
    .sort((a, b) => a.ratio - b.ratio);
  // Binary fractions leave noise where a promise is exactly its ceiling.
  const ratio = least ? 1 - least.ratio / ceiling : 0;
  return least && ratio > 1e-9 ? { name: least.name, ratio } : undefined;
}

const sorted = (losses: readonly Loss[]): readonly Loss[] =>
  [...losses].sort((a, b) => b.ratio - a.ratio || (a.name < b.name ? -1 : 1));
