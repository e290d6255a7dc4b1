import type { AlertSeverity } from '../../foundation';
import { budgetOf, PERIOD_DAYS, threshold, WINDOW_PAIRS, type WindowPair } from './burn';
import { durationText, spanText } from '../duration';
import { burns } from './burn-states';
import { context, SLO_PAGING, type Neighbours } from '../cause';
import type { Objective } from './objective';
import type { Labels } from '../promql';
import type { AlertingRule } from '../rule';
import { templateQuery } from '../template-query';
import { own } from './sli-recordings';

/** The names of the alerts, which are the same for all services. */
export const BURN_ALERTS: Readonly<Record<AlertSeverity, string>> = {
  page: 'SLOErrorBudgetBurnPage',
  ticket: 'SLOErrorBudgetBurnTicket',
};

/** A series of an objective in the environment of an alert. */
const here = (metric: string, { id }: Objective): string =>
  `${metric}{slo_id="${id}",environment=%q}`;

/** What burns, in words. */
export const subject = ({ slo, service }: Objective): string => `${slo} of ${service}`;

/** An objective that may burn, and what stands around its service. */
export interface Burning {
  readonly objective: Objective;
  readonly neighbours: Neighbours;
}

/** The alert of one severity. Which pair fired stands in its text, so that it stays the same alert when the other takes over. */
export function burnAlert(
  severity: AlertSeverity,
  { objective, neighbours }: Burning,
  labels: Labels,
  links: Labels,
): AlertingRule {
  const pairs = WINDOW_PAIRS.filter((pair) => pair.severity === severity);
  return {
    alert: BURN_ALERTS[severity],
    expr: severity === 'page' ? own(SLO_PAGING, objective) : burns(severity, objective),
    // Rules of what it depends on may be evaluated after those of its own.
    ...(severity === 'page' &&
      neighbours.dependencies.length > 0 && {
        for: durationText(objective.timing.evaluationSeconds),
      }),
    labels: { ...labels, severity },
    annotations: {
      summary: summary(objective),
      description: `${description(pairs, objective)}${context(neighbours)}${lookFirst(objective)}`,
      ...links,
    },
  };
}

/** What a phone shows. */
function summary({
  service,
  slo,
  objective,
  underSeconds = 0,
  withinSeconds = 0,
}: Objective): string {
  const bad = '{{ $value | humanizePercentage }}';
  const start = `${service} in {{ $labels.environment }}:`;
  if (slo === 'availability') return `${start} ${bad} of requests fail (objective ${objective} %)`;
  return slo === 'latency'
    ? `${start} ${bad} of requests take longer than ${durationText(underSeconds)} (objective ${objective} %)`
    : `${start} its work waits for more than ${spanText(withinSeconds)} (objective ${objective} %)`;
}

/** Most outages are a release. */
const lookFirst = ({ service, isDeployed }: Objective): string =>
  isDeployed
    ? ` Look first at what changed: kubectl -n {{ $labels.namespace }} rollout history deployment/${service}`
    : ` Look first at its runs: kubectl -n {{ $labels.namespace }} get cronjob,job`;

function description([quick, slow]: readonly WindowPair[], objective: Objective): string {
  if (!quick || !slow) return '';
  const limit = threshold(quick, objective.objective);
  const isQuick = templateQuery(
    `${here(`slo:sli_error:ratio_rate${quick.long}`, objective)} > ${limit}`,
  );
  const left = remaining(objective);
  const rate = templateQuery(
    `${here('slo:sli_error:ratio_rate5m', objective)} / ${budgetOf(objective.objective)}`,
  );
  const of = (pair: WindowPair): string => `${pair.short} and ${pair.long}`;
  return [
    `The objective is ${goal(objective)} over ${PERIOD_DAYS} days.`,
    `The budget burns{{ with ${rate} }} {{ . | first | value | printf "%.0f" }} times as fast as allowed{{ end }}`,
    `{{ if ${isQuick} }}, in the last ${of(quick)}{{ else }}, in the last ${of(slow)}{{ end }}.`,
    `{{ with ${left} }} {{ . | first | value | humanizePercentage }} of the budget is left.{{ end }}`,
    `{{ with ${exhaustion(objective)} }} At this rate it is gone in {{ . | first | value | humanizeDuration }}.{{ end }}`,
  ]
    .join(' ')
    .replaceAll(' {{ with', '{{ with')
    .replaceAll(' {{ if', '{{ if');
}

/** The share of the budget that is left, and nothing of one that is overdrawn. */
const remaining = (objective: Objective): string =>
  templateQuery(`clamp_min(${here('slo:period_error_budget_remaining:ratio', objective)}, 0)`);

/** The seconds until nothing of the budget is left. */
function exhaustion(objective: Objective): string {
  const left = here('slo:period_error_budget_remaining:ratio', objective);
  const rate = here('slo:current_burn_rate:ratio', objective);
  return templateQuery(`${PERIOD_DAYS * 86_400} * (${left} > 0) / (${rate} > 0)`);
}

/** An objective in words. */
function goal({ slo, objective, underSeconds = 0, withinSeconds = 0 }: Objective): string {
  if (slo === 'latency') return `${objective} % of requests within ${durationText(underSeconds)}`;
  if (slo === 'availability') return `${objective} % of requests without a failure`;
  return `nothing older than ${spanText(withinSeconds)} for ${objective} % of the time`;
}
