import type { EdgeModel } from '../../foundation';
import type { Experiment } from '../experiment';
import { tryFailure, unharmed } from './failure';
import { idPart, promising, type Facts } from './facts';
import { lastingSeconds, requestObjectives, SETTLES_SECONDS, underOf } from './timing';
import { tryTraffic } from './traffic';

/** The kubelet's own patience with a readiness check, in seconds, where a team says nothing else. */
const READINESS_SECONDS = 3;
/** How long somebody waits of whom nothing is known, in seconds. */
const PATIENCE_SECONDS = 1;
const SOFT_SECONDS = 600;

/** What the calls of a workload promise. */
export function ofEdge(facts: Facts, edge: EdgeModel): readonly Experiment[] {
  const [main, timeout] = edge.soft
    ? [softly(facts, edge), givesUp(facts, edge)]
    : [hard(facts, edge), bears(facts, edge)];
  return [main, timeout].flatMap((each) => each ?? []);
}

const arrow = ({ from, to }: EdgeModel): string => `${from} -> ${to}`;

/** The caller and who cannot work without it, of those that promise something. */
function above(facts: Facts, { from }: EdgeModel): readonly string[] {
  const all = [from, ...facts.neighboursOf(from).dependents];
  const known = promising(facts);
  return all.filter((name) => known.includes(name));
}

/** A fault that reaches one caller alone, and that it survives; undefined where nobody could tell whether it did. */
function trySurvived(
  facts: Facts,
  edge: EdgeModel,
): Pick<Experiment, 'application' | 'target' | 'expects' | 'seconds' | 'traffic'> | undefined {
  const holds = above(facts, edge);
  if (holds.length === 0) return undefined;
  const traffic = tryTraffic(facts, [edge.from, ...holds]);
  return {
    application: facts.model.application,
    target: edge.to,
    seconds: SOFT_SECONDS,
    expects: unharmed(facts, holds, SETTLES_SECONDS),
    ...(traffic && { traffic }),
  };
}

function softly(facts: Facts, edge: EdgeModel): Experiment | undefined {
  const { from, to } = edge;
  const survived = trySurvived(facts, edge);
  return (
    survived && {
      ...survived,
      id: `cut-off-${idPart(to)}-from-${from}`,
      claim: { kind: 'soft-edge', subject: arrow(edge) },
      fault: { kind: 'partition', from },
      hypothesis: `${from} does without ${to}: when it cannot reach it, its requests succeed in time all the same.`,
      blastRadiusPercent: 100,
    }
  );
}

/** An answer that comes half of a timeout too late: a soft dependency is given up. */
function givesUp(facts: Facts, edge: EdgeModel): Experiment | undefined {
  const { from, to, timeoutSeconds, attempts = 1 } = edge;
  const survived = trySurvived(facts, edge);
  if (!survived || timeoutSeconds === undefined) return undefined;
  return {
    ...survived,
    id: `slow-${idPart(to)}-for-${from}`,
    claim: { kind: 'timeout', subject: arrow(edge) },
    fault: { kind: 'delay', from, milliseconds: Math.round(timeoutSeconds * 1500) },
    hypothesis: `When ${to} answers too late, ${from} gives up after ${timeoutSeconds} s, tries ${timesText(attempts)} in all, and answers in time without it.`,
    blastRadiusPercent: 100,
  };
}

/** An answer that comes late, but in time: nobody gives up, and nobody tries again. */
function bears(facts: Facts, edge: EdgeModel): Experiment | undefined {
  const { from, to, timeoutSeconds, attempts = 1 } = edge;
  const survived = trySurvived(facts, edge);
  if (!survived || timeoutSeconds === undefined) return undefined;
  // A quarter of what the caller promises leaves room for its own work, and for more than one call.
  const under = underOf(facts.tryWorkload(from)) ?? Infinity;
  const milliseconds = Math.max(1, Math.round(Math.min(timeoutSeconds / 2, under / 4) * 1000));
  return {
    ...survived,
    id: `slow-${idPart(to)}-for-${from}`,
    claim: { kind: 'timeout', subject: arrow(edge) },
    fault: { kind: 'delay', from, milliseconds },
    hypothesis: `When ${to} answers ${milliseconds} ms later, which is below the timeout of ${timeoutSeconds} s, ${from} waits for it: it keeps its promise, and none of ${timesText(attempts)} is a retry.`,
    blastRadiusPercent: 100,
  };
}

const timesText = (attempts: number): string => (attempts === 1 ? 'once' : `${attempts} times`);

function hard(facts: Facts, edge: EdgeModel): Experiment | undefined {
  // What is in a circle is the cause of nobody in it, and another application's services are its own to test.
  const isCircle = !facts.neighboursOf(edge.to).dependents.includes(edge.from);
  if (isCircle || edge.kind === 'published') return undefined;
  const callee = facts.tryWorkload(edge.to);
  const isMeasured = callee !== undefined && requestObjectives(callee).length > 0;
  return isMeasured ? slowed(facts, edge) : failed(facts, edge);
}

/** A callee so slow that its promise is broken, its caller has waited in vain, and the kubelet takes its pods out of the Service. */
function slowed(facts: Facts, edge: EdgeModel): Experiment | undefined {
  const { from, to, timeoutSeconds, attempts = 1 } = edge;
  const expects = tryFailure(facts, to, 'slow');
  if (!expects) return undefined;
  const caller = underOf(facts.tryWorkload(from)) ?? PATIENCE_SECONDS;
  const patience = timeoutSeconds === undefined ? caller : timeoutSeconds * attempts;
  const under = underOf(facts.tryWorkload(to)) ?? 0;
  const milliseconds = Math.round((under + patience + READINESS_SECONDS) * 1000);
  const traffic = tryTraffic(facts, [to]);
  return {
    application: facts.model.application,
    target: to,
    id: `slow-down-${to}-under-${from}`,
    claim: { kind: 'hard-edge', subject: arrow(edge) },
    fault: { kind: 'delay', milliseconds },
    seconds: lastingSeconds(latest(expects.alerts)),
    hypothesis: `When ${to} answers nobody within ${milliseconds / 1000} s, ${from} fails too, and it is ${to} that is paged for; whoever burns because of it is told so.`,
    expects,
    blastRadiusPercent: 100,
    ...(traffic && { traffic }),
  };
}

/** A callee of which nothing counts requests is taken away as a whole. */
function failed(facts: Facts, edge: EdgeModel): Experiment | undefined {
  const { from, to, kind } = edge;
  const expects = tryFailure(facts, to, 'gone');
  if (!expects) return undefined;
  const { promising: hurt } = facts.neighboursOf(to);
  const traffic = tryTraffic(facts, [from, ...hurt]);
  return {
    application: facts.model.application,
    target: to,
    id: `fail-${idPart(to)}-under-${from}`,
    claim: { kind: 'hard-edge', subject: arrow(edge) },
    fault: kind === 'external' ? { kind: 'partition' } : { kind: 'fail-pods' },
    seconds: lastingSeconds(latest(expects.alerts)),
    hypothesis: `When ${to} is gone for everybody, ${from} fails too, and it is ${to} that is paged for, as soon as the budget of a service that needs it burns.`,
    expects,
    blastRadiusPercent: 100,
    ...(traffic && { traffic }),
  };
}

const latest = (alerts: Experiment['expects']['alerts']): number =>
  Math.max(...alerts.map(({ withinSeconds }) => withinSeconds));
