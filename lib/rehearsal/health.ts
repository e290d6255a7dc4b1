import type { ApplicationModel, EdgeModel } from '../foundation';
import type { Fault } from '../game-day';

/** A fault, and at what it is: a workload, a backing service or a host. */
export interface PlacedFault {
  readonly target: string;
  readonly fault: Fault | AnswerFailures;
}

/** It answers every request with a failure: what a bad release does, and no chaos tool. */
export interface AnswerFailures {
  readonly kind: 'answer-failures';
}

/** How one service is. */
export interface Health {
  /** It answers with failures. */
  readonly fails: boolean;
  /** How much longer than usual it takes, in milliseconds. */
  readonly delay: number;
  /** No request comes to it. */
  readonly isIdle: boolean;
  /** None of its pods runs. */
  readonly isDown: boolean;
  /** Nothing measures it. */
  readonly isBlind: boolean;
}

const WELL: Health = { fails: false, delay: 0, isIdle: false, isDown: false, isBlind: false };

/**
 * How a service is with some faults. Callers fail with what they depend on, and are as slow; over a soft edge they hold, and wait for as long as
 * their timeout says. Whether a real caller does so is what only its own environment can show.
 */
export function healthOf(
  name: string,
  { edges }: Pick<ApplicationModel, 'edges'>,
  faults: readonly PlacedFault[],
): Health {
  const callees = new Map<string, EdgeModel[]>();
  for (const edge of edges) callees.set(edge.from, [...(callees.get(edge.from) ?? []), edge]);
  const at = (service: string, seen: readonly string[]): Health => {
    const own = faults
      .filter(({ target }) => target === service)
      .map(({ fault }) => ownHealth(fault));
    const others = (callees.get(service) ?? [])
      .filter(({ to }) => !seen.includes(to))
      .map((edge) => effectOf(edge, at(edge.to, [...seen, edge.to]), faults));
    return [...own, ...others].reduce(worse, WELL);
  };
  return at(name, [name]);
}

function ownHealth(fault: PlacedFault['fault']): Health {
  if (fault.kind === 'answer-failures') return { ...WELL, fails: true };
  if (fault.kind === 'fail-pods') return { ...WELL, isDown: true, isIdle: true };
  if (fault.kind === 'block-scrape') return { ...WELL, isBlind: true };
  const isForAll = 'from' in fault && fault.from !== undefined ? false : true;
  if (fault.kind === 'partition' && isForAll) return { ...WELL, isIdle: true };
  if (fault.kind === 'delay' && isForAll) return { ...WELL, delay: fault.milliseconds };
  return WELL;
}

/** What a caller feels of what it calls. */
function effectOf(
  { from, to, soft, timeoutSeconds, attempts = 1 }: EdgeModel,
  callee: Health,
  faults: readonly PlacedFault[],
): Health {
  const between = faults.filter(
    ({ target, fault }) => target === to && 'from' in fault && fault.from === from,
  );
  const isCut = between.some(({ fault }) => fault.kind === 'partition');
  const added = between.flatMap(({ fault }) =>
    fault.kind === 'delay' ? [fault.milliseconds] : [],
  );
  const delay = callee.delay + Math.max(0, ...added);
  const longest = timeoutSeconds === undefined ? Infinity : timeoutSeconds * 1000;
  const isLate = delay >= longest;
  const fails = callee.fails || callee.isIdle || isCut || isLate;
  return {
    ...WELL,
    fails: fails && !soft,
    delay: isLate ? longest * attempts : delay,
  };
}

const worse = (a: Health, b: Health): Health => ({
  fails: a.fails || b.fails,
  delay: Math.max(a.delay, b.delay),
  isIdle: a.isIdle || b.isIdle,
  isDown: a.isDown || b.isDown,
  isBlind: a.isBlind || b.isBlind,
});
