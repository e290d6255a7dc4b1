import type { EdgeModel } from '../foundation';
import { components } from './components';

/** A way along which attempts multiply. */
export interface Amplification {
  /** The names from the first caller that retries to what gets all the attempts. */
  readonly path: readonly string[];
  /** The attempts at each step of it. */
  readonly attempts: readonly number[];
  /** How many calls one call at the beginning may become at the end. */
  readonly factor: number;
}

type Call = Pick<EdgeModel, 'from' | 'to' | 'attempts'>;

/** How the most attempts come to a service. */
interface Worst {
  readonly factor: number;
  readonly by?: { readonly call: Call; readonly before: Worst };
}

const NONE: Worst = { factor: 1 };

/**
 * The ways along which one call may become `least` or more, each the worst one to its end; those that are a part of a longer one are left
 * out. Soft edges count: they are retried too. Circles are reported as circles, and what goes around in one is not counted.
 */
export function amplifications(calls: readonly Call[], least: number): readonly Amplification[] {
  const groups = components(calls);
  const groupOf = new Map(groups.flatMap((group, at) => group.map((name) => [name, at] as const)));
  const outgoing = new Map<string, Call[]>();
  for (const call of calls) {
    if (groupOf.get(call.from) === groupOf.get(call.to)) continue;
    outgoing.set(call.from, [...(outgoing.get(call.from) ?? []), call]);
  }
  const worst = new Map<string, Worst>();
  for (const group of groups.toReversed()) {
    for (const call of group.flatMap((name) => outgoing.get(name) ?? [])) {
      const before = worst.get(call.from) ?? NONE;
      const factor = before.factor * (call.attempts ?? 1);
      if (factor > (worst.get(call.to)?.factor ?? 1)) {
        worst.set(call.to, { factor, by: { call, before } });
      }
    }
  }
  const all = [...worst.values()]
    .filter(({ factor, by }) => factor >= least && (by?.call.attempts ?? 1) > 1)
    .map(told);
  return all.filter((one) => !all.some((other) => other !== one && begins(other, one)));
}

/** The way of a worst case, from its first retry on. */
function told(end: Worst): Amplification {
  const steps: Call[] = [];
  for (let at = end.by; at && at.before.factor * (at.call.attempts ?? 1) > 1; at = at.before.by) {
    steps.unshift(at.call);
  }
  return {
    path: [...steps.slice(0, 1).map(({ from }) => from), ...steps.map(({ to }) => to)],
    attempts: steps.map(({ attempts }) => attempts ?? 1),
    factor: end.factor,
  };
}

const begins = ({ path }: Amplification, { path: start }: Amplification): boolean =>
  path.length > start.length && start.every((name, at) => path[at] === name);
