import type { AlertSeverity } from '../../foundation';
import { threshold, WINDOW_PAIRS, type Window, type WindowPair } from './burn';
import { explained, SLO_BURNING, SLO_FAILING, type Neighbours } from '../cause';
import { sliKind, type Objective } from './objective';
import { byNamespace, series, type Labels } from '../promql';
import type { RecordingRule } from '../rule';
import { own } from './sli-recordings';

/** How old a service must be: before that, a long window holds a short history, and noise looks like an outage. */
export const YOUNG_SECONDS = 3600;

/** Namespaces whose Deployment was made within the last hour. Where nothing tells its age, it counts as old. */
export function unlessYoung(expression: string, { isDeployed, service }: Objective): string {
  if (!isDeployed) return expression;
  const is = { deployment: service };
  const created = byNamespace('max', series({ metric: 'kube_deployment_created', is }));
  return `(\n${expression}\n)\nunless on (namespace) (time() - ${created} < ${YOUNG_SECONDS})`;
}

/** Windows of a pair burn, and it is more than a few events. */
function burning(
  pair: WindowPair,
  windows: readonly ('short' | 'long')[],
  objective: Objective,
): string {
  const limit = threshold(pair, objective.objective);
  const above = (window: Window): string =>
    `max without (window) (${own(`slo:sli_error:ratio_rate${window}`, objective)} > ${limit})`;
  const gate = enough(pair, limit, objective);
  const all = [...windows.map((window) => above(pair[window])), ...(gate ? [`(${gate})`] : [])];
  return `(\n${all.join('\nand ')}\n)`;
}

/** Enough bad events in the long window, or as much time without a pod, in which there are no events. */
function enough(pair: WindowPair, limit: number, objective: Objective): string | undefined {
  if (sliKind(objective) === 'time') return undefined;
  const { long } = pair;
  const bad =
    pair.severity === 'page'
      ? own(`slo:sli_errors:increase${long}`, objective)
      : `sum_over_time(${own('slo:sli_errors:rate5m', objective)}[${long}]) * ${objective.timing.evaluationSeconds}`;
  const many = `${bad} >= ${objective.minimumBadEvents}`;
  if (!objective.countsDown) return many;
  return `${many} or avg_over_time(${own('slo:sli_down:bool', objective)}[${long}]) > ${limit}`;
}

/** Whether one of the pairs of a severity burns: one expression, so that it stays the same when the other pair takes over. */
export const burns = (severity: AlertSeverity, objective: Objective): string =>
  unlessYoung(ofPairs(severity, ['short', 'long'], objective), objective);

const ofPairs = (
  severity: AlertSeverity,
  windows: readonly ('short' | 'long')[],
  objective: Objective,
): string =>
  WINDOW_PAIRS.filter((pair) => pair.severity === severity)
    .map((pair) => burning(pair, windows, objective))
    .join('\nor\n');

/** The least factor of a page: what burns no faster can explain no page. */
const leastFactor = (objective: Objective): number =>
  Math.min(...pagePairs.map((pair) => threshold(pair, objective.objective)));

const pagePairs = WINDOW_PAIRS.filter(({ severity }) => severity === 'page');

/** Whether an objective fails in a short window, which is early and may pass. */
function failing(pair: WindowPair, objective: Objective): string {
  const above = `max without (window) (${own(`slo:sli_error:ratio_rate${pair.short}`, objective)} > ${leastFactor(objective)})`;
  if (sliKind(objective) === 'time') return `${above} / 0`;
  const down = `(${own('slo:sli_down:bool', objective)} == 1) / 0`;
  const errors = own('slo:sli_errors:rate5m', objective);
  // Without a pod the counters stand still: for as long as their windows look back, they say that nothing fails.
  const counted = [...(objective.countsDown ? [down] : []), errors, `0 * ${above}`].join(' or ');
  const gate = enough(pair, leastFactor(objective), objective);
  return `(${counted})\nand ${above}${gate === undefined ? '' : `\nand (${gate})`}`;
}

/** What causes and symptoms are told by: whether an objective fails, whether it burns, and by which pair of windows. */
export const burnStates = (objective: Objective, labels: Labels): readonly RecordingRule[] => [
  ...pagePairs.map((pair) => ({
    record: SLO_FAILING,
    expr: failing(pair, objective),
    labels: { ...labels, window: pair.short },
  })),
  ...pagePairs.map((pair) => ({
    record: SLO_BURNING,
    expr: unlessYoung(burning(pair, ['short', 'long'], objective), objective),
    labels: { ...labels, window: pair.short },
  })),
];

/**
 * What pages. A pair whose short window is five minutes is explained by what fails now; one that looks back for longer also by what failed
 * lately, or every incident would end with a page for its symptoms.
 */
export function paging(objective: Objective, neighbours: Neighbours): string {
  const burns = own(SLO_BURNING, objective);
  if (neighbours.dependencies.length === 0) return `max without (window) (${burns})`;
  const [quick, slow] = pagePairs.map(({ short }) => burns.replace(/\}$/, `,window="${short}"}`));
  const now = explained(neighbours, WINDOW_PAIRS[0]?.short);
  return `max without (window) (\n(${quick ?? ''} unless on (environment) (${now}))\nor\n(${slow ?? ''} unless on (environment) (${explained(neighbours)}))\n)`;
}
