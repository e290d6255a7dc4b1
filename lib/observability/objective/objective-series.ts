import type { ObjectiveSeriesModel, SeriesContent } from '../../foundation';
import type { Labels, Selector } from '../promql';
import type { Indicator } from './objective';
import type { RequestSignal } from './signal';

const NAMESPACE = '{namespace}';

/** One series of each kind of which an indicator is made. The others of a histogram and of a broker change nothing. */
export function objectiveSeries(indicator: Indicator): readonly ObjectiveSeriesModel[] {
  if (indicator.kind === 'freshness') {
    return indicator.staleness.samples.flatMap(({ metric, labels, holds }) =>
      holds === undefined ? [] : [{ metric, labels: { namespace: NAMESPACE, ...labels }, holds }],
    );
  }
  const { total, samples, latency } = indicator.signal;
  const of = ofSignal(indicator.signal);
  const requests = [
    of('good-requests', total, samples.good),
    of('failed-requests', total, samples.bad),
  ];
  if (indicator.kind === 'availability') return requests;
  return [
    // Durations that are counted by the series of all requests are counted there.
    ...(latency.count.metric === total.metric ? requests : [of('requests', latency.count)]),
    of('fast-requests', latency.buckets, { le: String(indicator.bucket) }),
  ];
}

const ofSignal =
  ({ namespace: { label, sample = NAMESPACE } }: RequestSignal) =>
  (holds: SeriesContent, { metric, is }: Selector, more: Labels = {}): ObjectiveSeriesModel => ({
    metric,
    labels: { ...is, [label]: sample, ...more },
    holds,
  });
