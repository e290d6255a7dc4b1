import type { AlertSeverity } from '../foundation';
import { PERIOD_DAYS, threshold, WINDOW_PAIRS, type WindowPair } from './burn';
import { durationText } from './duration';
import { sliKind, type Objective } from './objective';
import { byNamespace, series, type Labels } from './promql';
import type { AlertingRule } from './rule';
import { own } from './sli-recordings';

/** How old a service must be: before that, a long window holds a short history, and noise looks like an outage. */
export const YOUNG_SECONDS = 3600;

/** The names of the alerts, which are the same for all services. */
export const BURN_ALERTS: Readonly<Record<AlertSeverity, string>> = {
  page: 'SLOErrorBudgetBurnPage',
  ticket: 'SLOErrorBudgetBurnTicket',
};

/** Namespaces whose Deployment was made within the last hour. Where nothing tells its age, it counts as old. */
export function unlessYoung(expression: string, { isDeployed, service }: Objective): string {
  if (!isDeployed) return expression;
  const is = { deployment: service };
  const created = byNamespace('max', series({ metric: 'kube_deployment_created', is }));
  return `(\n${expression}\n)\nunless on (namespace) (time() - ${created} < ${YOUNG_SECONDS})`;
}

/** Both windows of a pair burn, and it is more than a few events. */
function burning(pair: WindowPair, objective: Objective): string {
  const limit = threshold(pair, objective.objective);
  const above = (window: string): string =>
    `max without (window) (${own(`slo:sli_error:ratio_rate${window}`, objective)} > ${limit})`;
  const both = `${above(pair.short)}\nand ${above(pair.long)}`;
  const gate = enough(pair, limit, objective);
  return gate === undefined ? both : `${both}\nand (${gate})`;
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

/** A query within a template, for the environment of the alert. */
const asked = (metric: string, { id }: Objective, more = ''): string =>
  `query (printf ${JSON.stringify(`${metric}{slo_id="${id}",environment=%q}${more}`)} $labels.environment)`;

/** What burns, in words. */
export const subject = ({ slo, service }: Objective): string => `${slo} of ${service}`;

/** The alert of one severity: one for both of its pairs, so that it stays the same alert when the other pair takes over. */
export function burnAlert(
  severity: AlertSeverity,
  objective: Objective,
  labels: Labels,
  links: Labels,
): AlertingRule {
  const pairs = WINDOW_PAIRS.filter((pair) => pair.severity === severity);
  return {
    alert: BURN_ALERTS[severity],
    expr: unlessYoung(
      pairs.map((pair) => `(\n${burning(pair, objective)}\n)`).join('\nor\n'),
      objective,
    ),
    labels: { ...labels, severity },
    annotations: {
      summary: `${subject(objective)} in {{ $labels.environment }} burns its error budget: {{ $value | humanizePercentage }} bad`,
      description: description(pairs, objective),
      ...links,
    },
  };
}

function description([quick, slow]: readonly WindowPair[], objective: Objective): string {
  if (!quick || !slow) return '';
  const limit = threshold(quick, objective.objective);
  const isQuick = asked(`slo:sli_error:ratio_rate${quick.long}`, objective, ` > ${limit}`);
  const left = remaining(objective);
  const rate = asked('slo:current_burn_rate:ratio', objective);
  const of = (pair: WindowPair): string => `${pair.short} and ${pair.long}`;
  return [
    `The objective is ${goal(objective)} over ${PERIOD_DAYS} days.`,
    `It burns over {{ if ${isQuick} }}${of(quick)}{{ else }}${of(slow)}{{ end }}`,
    `{{ with ${rate} }}, now {{ . | first | value | printf "%.0f" }} times as fast as allowed{{ end }}.`,
    `{{ with ${left} }} {{ . | first | value | humanizePercentage }} of the budget is left.{{ end }}`,
    `{{ with ${exhaustion(objective)} }} At this rate it is gone in {{ . | first | value | humanizeDuration }}.{{ end }}`,
  ]
    .join(' ')
    .replaceAll(' {{ with', '{{ with');
}

/** The share of the budget that is left, and nothing of one that is overdrawn. */
function remaining({ id }: Objective): string {
  const all = `slo:period_error_budget_remaining:ratio{slo_id="${id}",environment=%q}`;
  return `query (printf ${JSON.stringify(`clamp_min(${all}, 0)`)} $labels.environment)`;
}

/** The seconds until nothing of the budget is left. */
function exhaustion({ id }: Objective): string {
  const of = (metric: string): string => `${metric}{slo_id="${id}",environment=%q}`;
  const left = of('slo:period_error_budget_remaining:ratio');
  const rate = of('slo:current_burn_rate:ratio');
  const text = JSON.stringify(`${PERIOD_DAYS * 86_400} * (${left} > 0) / (${rate} > 0)`);
  return `query (printf ${text} $labels.environment $labels.environment)`;
}

/** An objective in words. */
function goal({ slo, objective, underSeconds = 0, withinSeconds = 0 }: Objective): string {
  if (slo === 'latency') return `${objective} % of requests within ${durationText(underSeconds)}`;
  if (slo === 'availability') return `${objective} % of requests without a failure`;
  return `nothing older than ${durationText(withinSeconds)} in ${objective} % of the time`;
}
