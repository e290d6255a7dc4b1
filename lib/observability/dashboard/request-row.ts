import { budgetOf } from '../objective/burn';
import { byNamespace, series, type Selector } from '../promql';
import type { RequestSignal } from '../objective/signal';
import { here } from './expressions';
import { ownObjectives, type ServiceDashboardFacts } from './facts';
import type { Row, TimeSeriesPanel } from './panel';

const RANGE = '[$__rate_interval]';
const QUANTILES = [0.5, 0.95, 0.99];

/** Rate, errors and duration, by the counters of the platform's source of signals. */
export function requestRow(facts: ServiceDashboardFacts): Row {
  const { signal } = facts;
  const panels = signal
    ? [rate(facts, signal), errors(facts, signal), duration(facts, signal)]
    : [];
  return { title: 'Requests', panels };
}

const place = { kind: 'timeseries', width: 8, height: 8, min: 0 } as const;

const all = ({ total, namespace }: RequestSignal): string =>
  byNamespace('sum', `rate(${series(total)}${RANGE})`, namespace);

/** None where the series of failures are missing: most begin with the first failure. */
function failed(signal: RequestSignal): string {
  const rates = signal.errors.map((each: Selector) => `rate(${series(each)}${RANGE})`);
  return `${byNamespace('sum', rates.join(' or '), signal.namespace)} or 0 * ${all(signal)}`;
}

const rate = ({ application }: ServiceDashboardFacts, signal: RequestSignal): TimeSeriesPanel => ({
  ...place,
  title: 'Rate',
  description: 'Requests in a second, and those of them that failed.',
  queries: [
    { expr: `sum(${here(application, all(signal))})`, legend: 'requests' },
    { expr: `sum(${here(application, failed(signal))})`, legend: 'failed' },
  ],
  unit: 'reqps',
});

function errors(facts: ServiceDashboardFacts, signal: RequestSignal): TimeSeriesPanel {
  const { application } = facts;
  const promised = ownObjectives(facts).find(({ slo }) => slo === 'availability');
  const ratio = `sum(${here(application, failed(signal))}) / (sum(${here(application, all(signal))}) > 0)`;
  return {
    ...place,
    title: 'Errors',
    description: promised
      ? 'The share of requests that failed. The line is what the objective allows.'
      : 'The share of requests that failed.',
    queries: [{ expr: ratio, legend: 'failed' }],
    unit: 'percentunit',
    ...(promised && { lines: [budgetOf(promised.objective)] }),
  };
}

function duration(facts: ServiceDashboardFacts, signal: RequestSignal): TimeSeriesPanel {
  const { buckets, unit } = signal.latency;
  const limit = ownObjectives(facts).find(({ slo }) => slo === 'latency')?.indicator;
  const rates = byNamespace('sum', `rate(${series(buckets)}${RANGE})`, signal.namespace, ['le']);
  const counts = `sum by (le) (${here(facts.application, rates)})`;
  const isPromised = limit?.kind === 'latency';
  return {
    ...place,
    title: 'Duration',
    description: isPromised
      ? 'How long requests take. The line is the slowest good one.'
      : 'How long requests take.',
    queries: QUANTILES.map((quantile) => ({
      expr: `histogram_quantile(${quantile}, ${counts})`,
      legend: `p${quantile * 100}`,
    })),
    unit,
    ...(isPromised && { lines: [limit.bucket] }),
  };
}
