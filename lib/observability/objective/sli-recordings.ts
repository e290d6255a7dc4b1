import { DERIVED, WINDOWS, type Window } from './burn';
import type { Objective } from './objective';
import { byNamespace, inApplication, series, type Labels, type Selector } from '../promql';
import type { RecordingRule } from '../rule';

/** The recordings of one objective, all labelled with it. */
export const own = (metric: string, { id }: Objective, more: Labels = {}): string =>
  series({ metric, is: { slo_id: id, ...more } });

/** A threshold as a bucket's label, which Prometheus 2 and 3 and their clients write differently. */
const le = (bound: number): string => {
  const text = String(bound);
  return Number.isInteger(bound) ? `${text}|${text}.0` : `${text}|${text}0`;
};

type Counted = Extract<Objective['indicator'], { kind: 'availability' | 'latency' }>;

/** What counts as an event. */
export const counted = (indicator: Counted): Selector =>
  indicator.kind === 'availability' ? indicator.signal.total : indicator.signal.latency.count;

/** The requests that are fast enough. */
export function fast({ signal, bucket }: Extract<Counted, { kind: 'latency' }>): Selector {
  const { buckets } = signal.latency;
  return { ...buckets, like: { ...buckets.like, le: le(bucket) } };
}

/** Events over a window, by namespace. */
function events(indicator: Counted, over: 'rate' | 'increase', window: Window): string {
  const { namespace } = indicator.signal;
  return byNamespace('sum', `${over}(${series(counted(indicator))}[${window}])`, namespace);
}

/** Bad events over a window, by namespace: none where their series are missing, and nothing where there are no events at all. */
function errors(indicator: Counted, over: 'rate' | 'increase', window: Window): string {
  const { namespace } = indicator.signal;
  const all = events(indicator, over, window);
  if (indicator.kind === 'latency') {
    const good = byNamespace('sum', `${over}(${series(fast(indicator))}[${window}])`, namespace);
    return `${all} - ${good}`;
  }
  const failed = indicator.signal.errors.map((each) => `${over}(${series(each)}[${window}])`);
  return `${byNamespace('sum', failed.join(' or '), namespace)} or 0 * ${all}`;
}

/** 1 while replicas are wanted and none is available: then server-side series vanish, and no request is left to fail. */
export function down({ service }: Pick<Objective, 'service'>): string {
  const of = (metric: string): string =>
    byNamespace('max', series({ metric, is: { deployment: service } }));
  const available = of('kube_deployment_status_replicas_available');
  // What has just been scaled from zero is on its way.
  const spec = series({ metric: 'kube_deployment_spec_replicas', is: { deployment: service } });
  const wanted = byNamespace('max', `min_over_time(${spec}[5m])`);
  return `(${available} == bool 0)\n* on (namespace) (${wanted} > bool 0)`;
}

const KEPT = '(namespace, environment)';

/** The larger of two ratios, or the one that there is. */
const larger = (a: string, b: string): string => {
  const part = (text: string, name: string): string =>
    `label_replace(${text}, "part", "${name}", "", "")`;
  return `max by ${KEPT} (\n${part(a, 'events')}\nor\n${part(b, 'pods')}\n)`;
};

/** The ratio of errors over a window or the period: the ratio of sums, a gap without traffic, and never below the share of time without a pod. */
export function ratio(objective: Objective, window: Window | '30d'): string {
  const { indicator, application } = objective;
  if (indicator.kind === 'freshness') {
    return `max by ${KEPT} (avg_over_time(${own('slo:sli_stale:bool', objective)}[${window}]))`;
  }
  const byEvents = isDirect(window)
    ? inApplication(
        application,
        `(${errors(indicator, 'rate', window)})\n/ (${events(indicator, 'rate', window)} > 0)`,
      )
    : ofRecorded(objective, window);
  if (!objective.countsDown) return byEvents;
  const share = `max by ${KEPT} (avg_over_time(${own('slo:sli_down:bool', objective)}[${window}]) > 0)`;
  return larger(byEvents, share);
}

const isDirect = (window: Window | '30d'): window is Window =>
  window !== '30d' && window !== '5m' && !DERIVED.includes(window);

/** From the recordings of five minutes, which tile a longer window. */
function ofRecorded(objective: Objective, window: Window | '30d'): string {
  const sum = (metric: string): string => {
    const recorded = own(metric, objective);
    const over = window === '5m' ? recorded : `sum_over_time(${recorded}[${window}])`;
    return `sum by ${KEPT} (${over})`;
  };
  return `${sum('slo:sli_errors:rate5m')}\n/ (${sum('slo:sli_events:rate5m')} > 0)`;
}

/** The error ratios of some windows. */
export const ratios = (
  objective: Objective,
  windows: readonly Window[],
  labels: Labels,
): readonly RecordingRule[] =>
  windows.map((window) => ({
    record: `slo:sli_error:ratio_rate${window}`,
    expr: ratio(objective, window),
    labels: { ...labels, window },
  }));

/** What the error ratios are made of, and what the gates of the alerts ask. */
export function inputs(objective: Objective, labels: Labels): readonly RecordingRule[] {
  const { indicator, application } = objective;
  const record = (name: string, expression: string): RecordingRule => ({
    record: name,
    expr: inApplication(application, expression),
    labels,
  });
  if (indicator.kind === 'freshness') {
    return [record('slo:sli_stale:bool', indicator.staleness.stale)];
  }
  return [
    record('slo:sli_events:rate5m', events(indicator, 'rate', '5m')),
    record('slo:sli_errors:rate5m', errors(indicator, 'rate', '5m')),
    record('slo:sli_errors:increase1h', errors(indicator, 'increase', '1h')),
    record('slo:sli_errors:increase6h', errors(indicator, 'increase', '6h')),
    ...(objective.countsDown ? [record('slo:sli_down:bool', down(objective))] : []),
  ];
}

/** The windows that pages need at once, and those that only tickets look at. */
export const FAST_WINDOWS: readonly Window[] = ['5m', '30m', '1h', '6h'];
export const SLOW_WINDOWS = (Object.keys(WINDOWS) as Window[]).filter(
  (window) => !FAST_WINDOWS.includes(window),
);
