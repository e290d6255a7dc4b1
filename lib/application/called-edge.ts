import {
  custom,
  either,
  fields,
  integer,
  isBag,
  optional,
  ProblemLog,
  text,
  type EdgeModel,
  type Shape,
} from '../foundation';
import { durationText, trySeconds } from '../observability';
import type { WorkloadTarget } from './workload-target';

const LONGEST_SECONDS = 3600;
const GIVE = "{ timeout: '2s', attempts: 3 }, or one of them";

const timeout = text(
  "a duration such as '2s' or '300ms', at most 1h",
  (value) => {
    const seconds = trySeconds(value);
    return seconds !== undefined && seconds >= 0.001 && seconds <= LONGEST_SECONDS;
  },
  'DurationInvalid',
);

const props = fields(
  {
    timeout: optional(timeout),
    // More is no retry but an attack on whoever is down.
    attempts: optional(integer(1, 10, 'a whole number from 1 to 10, the first one counted')),
    soft: optional(custom((value) => typeof value === 'boolean', 'true or false')),
  },
  GIVE,
  {
    retries: 'Write attempts: one more than the retries',
    timeoutSeconds: "Write timeout, as in '2s'",
    retry: 'Write attempts: how often it is tried in all',
  },
);
const nothing = custom(() => false, GIVE);
const callShape: Shape = either(
  (value) => (isBag(value) && Object.keys(value).length === 0 ? nothing : props),
  GIVE,
);

/** An edge with what `call(…)` says of it. What is wrong with that is reported once, however many references have it. */
export function calledEdge(
  edge: EdgeModel,
  { call }: Pick<WorkloadTarget, 'call'>,
  log: ProblemLog,
): EdgeModel {
  if (call === undefined) return edge;
  const own = new ProblemLog('');
  callShape.check(call, `call(${edge.to})`, own);
  for (const { code, found, fix } of own.problems) {
    if (!log.problems.some((known) => known.found === found)) log.error(code, found, fix);
  }
  if (own.errors > 0) return edge;
  const timeoutSeconds = trySeconds(call.timeout);
  const { attempts } = call;
  return {
    ...edge,
    ...(timeoutSeconds !== undefined && { timeoutSeconds }),
    ...(attempts !== undefined && { attempts }),
  };
}

/**
 * Two uses of one dependency as one edge. A hard use makes it hard. What one use does not say the other may; where both say something else
 * it is a problem: the shorter timeout would hide that the caller may wait longer, and the longer one that it may give up sooner.
 */
export function mergedEdge(
  known: EdgeModel | undefined,
  edge: EdgeModel,
  log: ProblemLog,
): EdgeModel {
  if (!known) return edge;
  const seconds = [known.timeoutSeconds, edge.timeoutSeconds] as const;
  const attempts = [known.attempts, edge.attempts] as const;
  checkSame(edge, 'timeout', seconds, durationText, log);
  checkSame(edge, 'attempts', attempts, String, log);
  return { ...edge, ...known, soft: known.soft && edge.soft };
}

function checkSame(
  { to }: EdgeModel,
  name: string,
  [one, other]: readonly [number | undefined, number | undefined],
  write: (value: number) => string,
  log: ProblemLog,
): void {
  if (one === undefined || other === undefined || one === other) return;
  const found = `call(${to}) has ${name} ${write(one)} and ${write(other)}`;
  const fix = 'Say the same of all its uses, or say it of one: the most that any of them takes';
  if (!log.problems.some((known) => known.found === found)) log.error('PropInvalid', found, fix);
}
