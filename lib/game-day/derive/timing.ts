import type { ObjectiveModel, WorkloadModel } from '../../foundation';
import { SLOW_SECONDS } from '../../observability';
import type { Facts } from './facts';

/** Until it is seen that pods are gone or do not answer: three readiness checks, five seconds apart, and the last one's timeout. */
export const SEEN_SECONDS = 20;
/**
 * How long a page stays after its fault: the half hour over which the shorter window of the slow pair looks back, and what it takes to start
 * again.
 */
export const PAGE_ENDS_SECONDS = 1800 + 300;
/** How long everything that came to nothing takes to be as before: a pod has to start. */
export const SETTLES_SECONDS = 300;

/** What a fault does to a service: it is not there, or each of its answers is late. */
export type Harm = 'gone' | 'slow';

/** The objectives that count requests. */
export const requestObjectives = ({ objectives = [] }: WorkloadModel): readonly ObjectiveModel[] =>
  objectives.filter(({ slo }) => slo !== 'freshness');

/** The slowest answer that a workload calls good, in seconds. */
export const underOf = (workload: WorkloadModel | undefined): number | undefined =>
  workload?.objectives?.find(({ slo }) => slo === 'latency')?.underSeconds;

/** Until a page for an objective that fails as a whole has arrived, at the longest. */
export const tryPageSeconds = ({ detection }: ObjectiveModel): number | undefined =>
  detection.find(({ severity, errorRatio }) => severity === 'page' && errorRatio === 1)?.seconds;

/**
 * Until a workload's own page, when all of its requests fail or are late. Slow answers may break the one objective or the other, so it is the
 * later of the two.
 */
export function tryHarmSeconds(workload: WorkloadModel, harm: Harm): number | undefined {
  const all = requestObjectives(workload);
  const counted = all.find(({ slo }) => slo === 'availability') ?? all[0];
  const chosen = harm === 'slow' ? all : counted ? [counted] : [];
  const times = chosen.flatMap((objective) => tryPageSeconds(objective) ?? []);
  return times.length === 0 || times.length < chosen.length
    ? undefined
    : Math.max(...times) + SEEN_SECONDS;
}

/** How long somebody waits beyond the burning, in seconds: for a page and for a ticket. */
function delays({ workloads }: Facts): { readonly page: number; readonly ticket: number } {
  const all = workloads.flatMap(({ objectives = [] }) => objectives);
  const most = (severity: 'page' | 'ticket', stock: number): number =>
    Math.max(
      ...all.flatMap(({ detection }) =>
        detection
          .filter((each) => each.severity === severity)
          .map(({ seconds, burnSeconds }) => seconds - burnSeconds),
      ),
      ...(all.length === 0 ? [stock] : []),
    );
  return { page: most('page', 120), ticket: most('ticket', 210) };
}

/** From the moment in which what a ticket is about is so, until somebody has it. */
export const ticketSeconds = (facts: Facts): number => delays(facts).ticket;

/** The time between two evaluations of what pages. */
export function evaluationSeconds(facts: Facts): number {
  const { page, ticket } = delays(facts);
  return Math.max(0, page - (ticket - SLOW_SECONDS));
}

/** Whole minutes, with one to spare. */
export const lastingSeconds = (seconds: number): number => (Math.ceil(seconds / 60) + 1) * 60;
