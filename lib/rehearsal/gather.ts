import type { ApplicationModel } from '../foundation';
import type { Experiment, FiredAlert, Gathered, Measured, MeasuredBurn } from '../game-day';
import {
  label,
  selector,
  type Matcher,
  type PrometheusClient,
  type Range,
  type Series,
} from '../prometheus';

/** What a Prometheus is asked of an experiment. */
export interface Gathering {
  readonly client: PrometheusClient;
  readonly model: ApplicationModel;
  readonly environment: string;
  readonly experiment: Experiment;
  /** Conditions on all series, such as those that name a cluster. */
  readonly matchers: readonly Matcher[];
  /** From the begin of the quiet time to the end of all. */
  readonly range: Range;
}

/** What Prometheus knows of an experiment. @throws {PrometheusError} */
export async function gather(
  gathering: Gathering,
): Promise<Pick<Gathered, 'alertsQuery' | 'alerts' | 'burns' | 'traffic'>> {
  const { client, model, environment, experiment, matchers, range } = gathering;
  const of = (metric: string, ...more: readonly Matcher[]): string => {
    const own = [label('application', model.application), label('environment', environment)];
    return selector(metric, [...more, ...own, ...matchers]);
  };
  const alertsQuery = of('ALERTS', label('alertstate', 'firing'));
  const burnsQuery = `max by (service, slo) (${of('slo:sli_error:ratio_rate5m')})`;
  const asked = experiment.traffic && {
    query: `max(${of('slo:sli_events:rate5m', label('service', experiment.traffic.service))})`,
  };
  const [alerts, burns, traffic] = await Promise.all([
    client.queryRange(alertsQuery, range),
    client.queryRange(burnsQuery, range),
    asked && client.queryRange(asked.query, range),
  ]);
  return {
    alertsQuery,
    alerts: alerts.flatMap((each) => firings(each, range)),
    burns: burnsOf(burns, model, burnsQuery),
    ...(asked && { traffic: { ...asked, points: traffic?.[0]?.points ?? [] } }),
  };
}

/** An alert, each time that it fired: it has a sample for each step while it does. */
export function firings({ labels, points }: Series, { end, step }: Range): readonly FiredAlert[] {
  const runs: Measured[][] = [];
  for (const point of points) {
    const last = runs.at(-1)?.at(-1);
    if (last && point.at - last.at <= 1.5 * step) runs.at(-1)?.push(point);
    else runs.push([point]);
  }
  return runs.flatMap((run) => {
    const [first, last] = [run[0], run.at(-1)];
    if (!first || !last) return [];
    const isOver = last.at < end - 1.5 * step;
    return [{ labels, from: first.at, ...(isOver && { to: last.at + step }) }];
  });
}

const burnsOf = (
  series: readonly Series[],
  { workloads }: ApplicationModel,
  query: string,
): readonly MeasuredBurn[] =>
  workloads.flatMap(({ name, objectives = [] }) =>
    objectives.map(({ slo, objective }) => ({
      ...{ service: name, slo, objective, query },
      points:
        series.find(({ labels }) => labels.service === name && labels.slo === slo)?.points ?? [],
    })),
  );
