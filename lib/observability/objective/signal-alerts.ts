import { subject } from './burn-alerts';
import { unlessYoung } from './burn-states';
import type { Objective } from './objective';
import { byNamespace, inApplication, series, type Labels } from '../promql';
import type { AlertingRule } from '../rule';
import { counted, own } from './sli-recordings';
import { SIGNAL_LOOKBACK } from './staleness';

export const SIGNAL_MISSING = 'SLOSignalMissing';
export const INSTRUMENTATION_BROKEN = 'SLOInstrumentationBroken';

/** Something for each namespace in which the objective can be measured. */
function present({ indicator }: Objective): string | undefined {
  if (indicator.kind === 'freshness') return indicator.staleness.present;
  const all = series(counted(indicator));
  return byNamespace(
    'sum',
    `present_over_time(${all}[${SIGNAL_LOOKBACK}])`,
    indicator.signal.namespace,
  );
}

/** Pods run, and nothing tells how they do. Without pods it is another alert. */
export function trySignalMissing(
  objective: Objective,
  labels: Labels,
  links: Labels,
): AlertingRule | undefined {
  const told = present(objective);
  if (told === undefined) return undefined;
  const is = { deployment: objective.service };
  const metric = 'kube_deployment_status_replicas_available';
  const running = `${byNamespace('max', series({ metric, is }))} > 0`;
  return {
    alert: SIGNAL_MISSING,
    expr: unlessYoung(
      `${inApplication(objective.application, running)}\nunless on (namespace) ${told}`,
      objective,
    ),
    labels: { ...labels, severity: 'ticket' },
    annotations: {
      summary: `${subject(objective)} in {{ $labels.environment }} is not measured`,
      description: `Pods run, and there was no sample of ${objective.source} for ${SIGNAL_LOOKBACK}. Until it is back nobody is told of an outage.`,
      ...links,
    },
  };
}

/** How long what cannot be may be a matter of two scrapes. */
const BROKEN_FOR = '10m';

/** Failed requests that are counted by the same series as all of them cannot be more. */
function mayContradict({ indicator }: Objective): boolean {
  if (indicator.kind !== 'availability') return indicator.kind === 'latency';
  const { total, errors } = indicator.signal;
  return errors.some(({ metric }) => metric !== total.metric);
}

/** More is bad than there is, or less than nothing; or durations are counted and their bucket is not there. */
export function tryInstrumentationBroken(
  objective: Objective,
  labels: Labels,
  links: Labels,
): AlertingRule | undefined {
  if (!mayContradict(objective)) return undefined;
  const bad = own('slo:sli_errors:rate5m', objective);
  const all = own('slo:sli_events:rate5m', objective);
  const lacks = `((${all} > 0) unless ${bad})`;
  return {
    alert: INSTRUMENTATION_BROKEN,
    // One in a hundred is what counters of two series may differ by.
    expr: `(${bad} > 1.01 * ${all})\nor (${bad} < -0.01 * ${all})\nor ${lacks}`,
    for: BROKEN_FOR,
    labels: { ...labels, severity: 'ticket' },
    annotations: {
      summary: `${subject(objective)} in {{ $labels.environment }} is measured wrongly`,
      description: `The series of ${objective.source} contradict each other: more failed or slow requests than requests, fewer than none, or no bucket at the threshold.`,
      ...links,
    },
  };
}
