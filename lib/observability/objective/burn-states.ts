import type { AlertSeverity } from '../../foundation';
import { threshold, WINDOW_PAIRS, type Window, type WindowPair } from './burn';
import { SLO_BURNING, SLO_FAILING } from '../cause';
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
  if (objective.slo !== 'availability' || !objective.isDeployed) return many;
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

/** Whether an objective fails, which is early and may pass, and whether it burns, which pages somebody. What burns also fails. */
export const burnStates = (objective: Objective, labels: Labels): readonly RecordingRule[] => [
  { record: SLO_FAILING, expr: ofPairs('page', ['short'], objective), labels },
  { record: SLO_BURNING, expr: burns('page', objective), labels },
];
