import type { Objective } from '../objective/objective';
import { NAMESPACE_INFO, series, type Labels, type NamespaceLabel } from '../promql';
import { counted, fast } from '../objective/sli-recordings';
import { notation, type SampleValue } from './values';

/** A series as promtool is given it. */
export interface InputSeries {
  readonly series: string;
  readonly values: string;
}

/** The moments of a test, in seconds. */
export interface Timeline {
  readonly step: number;
  /** When the fault begins. */
  readonly fault: number;
  readonly end: number;
}

/** What happens to a workload in one namespace. */
export interface Story {
  readonly namespace: string;
  /** The share of bad events before and after the fault. */
  readonly before: number;
  readonly after: number;
  /** Events in a minute. @default 60000 */
  readonly perMinute?: number;
  /** Whether there are no series of failures. */
  readonly withoutErrors?: boolean;
  /** Whether all series end with the fault. */
  readonly vanishes?: boolean;
}

/** Enough that a share of the smallest budget is more than the least number of bad events. */
const PER_MINUTE = 60_000;

const times = ({ step, end }: Timeline): readonly number[] =>
  Array.from({ length: Math.floor(end / step) + 1 }, (_, index) => index * step);

/** A series with a value at each step. */
export const input = (
  metric: string,
  labels: Labels,
  timeline: Timeline,
  value: (at: number) => SampleValue,
): InputSeries => ({
  series: series({ metric, is: labels }),
  values: notation(times(timeline).map(value)),
});

const located = ({ label, sample = '{namespace}' }: NamespaceLabel, namespace: string): Labels => ({
  [label]: sample.replace('{namespace}', namespace),
});

/** The series of an objective in one namespace. */
export function told(
  objective: Objective,
  story: Story,
  timeline: Timeline,
): readonly InputSeries[] {
  const { indicator } = objective;
  const { namespace, after, vanishes = false } = story;
  const isThere = (at: number): boolean => !vanishes || at <= timeline.fault;
  if (indicator.kind === 'freshness') {
    const staleFrom = after > 0 ? timeline.fault : undefined;
    return indicator.staleness.samples.map(({ metric, labels, value }) =>
      input(metric, { ...labels, namespace }, timeline, (at) =>
        isThere(at) ? value(at, staleFrom, timeline.step) : undefined,
      ),
    );
  }
  const { signal } = indicator;
  const where = located(signal.namespace, namespace);
  const count = (metric: string, labels: Labels, share: (ratio: number) => number): InputSeries =>
    input(metric, { ...labels, ...where }, timeline, (at) =>
      isThere(at) ? counter(at, story, timeline, share) : undefined,
    );
  const all = counted(indicator);
  if (indicator.kind === 'latency') {
    const good = fast(indicator);
    const le = String(indicator.bucket);
    return [
      count(all.metric, { ...all.is }, () => 1),
      ...(story.withoutErrors ? [] : [count(good.metric, { ...good.is, le }, (bad) => 1 - bad)]),
    ];
  }
  return [
    count(all.metric, { ...all.is, ...signal.samples.good }, (bad) => 1 - bad),
    ...(story.withoutErrors
      ? []
      : [count(all.metric, { ...all.is, ...signal.samples.bad }, (bad) => bad)]),
  ];
}

/** How many events of a kind there were until a time. */
function counter(
  at: number,
  { before, after, perMinute = PER_MINUTE }: Story,
  { fault }: Timeline,
  share: (ratio: number) => number,
): number {
  const first = share(before) * Math.min(at, fault);
  const then = share(after) * Math.max(0, at - fault);
  return ((first + then) * perMinute) / 60;
}

/** Which namespace is of which environment, as the second phase records it. */
export const known = (
  application: string,
  environment: string,
  namespace: string,
  timeline: Timeline,
): InputSeries =>
  input(
    NAMESPACE_INFO,
    { application, environment, stage: environment, namespace },
    timeline,
    () => 1,
  );

/** The replicas of a Deployment. */
export const replicas = (
  objective: Objective,
  namespace: string,
  timeline: Timeline,
  available: (at: number) => number,
): readonly InputSeries[] => {
  const labels = { namespace, deployment: objective.service };
  const of = (metric: string, value: (at: number) => number): InputSeries =>
    input(`kube_deployment_${metric}`, labels, timeline, value);
  return [of('spec_replicas', () => 2), of('status_replicas_available', available)];
};
