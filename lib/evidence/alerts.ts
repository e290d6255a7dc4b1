import type { Series } from '../prometheus';
import { ofApplications } from './asked';
import type { Asker } from './asker';
import { looked, type Found } from './found';
import { bridged, holesOf, type Hole } from './holes';
import { INFO } from './presence';
import { runsOf, type Run } from './runs';

/** An alert, from the moment at which its condition held. */
export interface AlertRun {
  readonly alertname: string;
  readonly application: string;
  readonly service: string;
  readonly severity: string;
  /** `availability`; absent of alerts that belong to no objective. */
  readonly slo?: string;
  /** All of it. */
  readonly labels: Readonly<Record<string, string>>;
  /** When its condition began to hold, in seconds since 1970, as Prometheus noted it. */
  readonly pendingSince: number;
  /** When it fired; absent where it never did. */
  readonly firingSince?: number;
  /** When it ended, in a hole of the data the end of that; absent where it went on at the end of the time, or of the data. */
  readonly until?: number;
  /** What shows it. */
  readonly query: string;
}

/** A shorter break is none: Alertmanager sends one message. */
const SHORTEST_GAP = 300;
/** How far apart groups of rules write their last samples: the slow ones run every two minutes. */
const SLACK_SECONDS = 120;

/** The alerts that were pending or fired, by their begin. */
export function alertsOf(asker: Asker): Promise<Found<AlertRun>> {
  const all = ofApplications('ALERTS', asker.asked);
  const since = ofApplications('ALERTS_FOR_STATE', asker.asked);
  const always = `max(${ofApplications(INFO, asker.asked)})`;
  const queries = [all, since, always];
  return looked('alerts', queries, async () => {
    const [states, begins, there] = await Promise.all(
      [all, since, always].map((query) => asker.over(query)),
    );
    const holes = holesOf(there?.[0]?.points ?? [], asker.range());
    const rows = grouped(states ?? []).flatMap((series) =>
      alertRuns(asker, series, begins ?? [], holes),
    );
    rows.sort((a, b) => a.pendingSince - b.pendingSince || (a.alertname < b.alertname ? -1 : 1));
    return { rows, queries, gaps: [], uncertaintySeconds: asker.range().step };
  });
}

/** The two states of one alert. */
interface AlertSeries {
  readonly labels: Readonly<Record<string, string>>;
  readonly key: string;
  readonly pending: Series['points'];
  readonly firing: Series['points'];
}

function grouped(states: readonly Series[]): readonly AlertSeries[] {
  const found = new Map<string, AlertSeries>();
  for (const { labels: all, points } of states) {
    const { alertstate, ...labels } = withoutName(all);
    const key = keyOf(labels);
    const before = found.get(key) ?? { labels, key, pending: [], firing: [] };
    found.set(key, { ...before, [alertstate === 'firing' ? 'firing' : 'pending']: points });
  }
  return [...found.values()];
}

const withoutName = (labels: Series['labels']): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(labels).filter(([name]) => name !== '__name__'));

const keyOf = (labels: Readonly<Record<string, string>>): string =>
  JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));

function alertRuns(
  asker: Asker,
  { labels, key, pending, firing }: AlertSeries,
  begins: readonly Series[],
  holes: readonly Hole[],
): readonly AlertRun[] {
  const range = asker.range();
  const gap = SHORTEST_GAP / asker.asked.pace;
  const begun = begins.find((each) => keyOf(withoutName(each.labels)) === key)?.points ?? [];
  const seen = [...pending, ...firing].sort((a, b) => a.at - b.at);
  const points = bridged(seen, holes, range, SLACK_SECONDS / asker.asked.pace);
  const { alertname = '?', application = '?', service = application, severity = 'none' } = labels;
  return runsOf(points, range, gap).map((run) => {
    const fired = firing.find(({ at }) => at >= run.from && at <= run.to);
    return {
      ...{ alertname, application, service, severity, labels },
      ...(labels.slo !== undefined && { slo: labels.slo }),
      pendingSince: noted(begun, run) ?? run.from,
      ...(fired && { firingSince: firedAt(fired.at, run, begun, pending.length > 0) }),
      ...(!run.isOpenAtEnd && { until: run.to }),
      query: `ALERTS{alertname="${alertname}",application="${application}",service="${service}"}`,
    };
  });
}

/** What Prometheus noted as the begin, unless it is of an earlier time. */
const noted = (begun: Series['points'], run: Run): number | undefined =>
  begun.find(({ at }) => at >= run.from && at <= run.to)?.value;

/** Of one that fired already at the first point of the time its begin is what is known. */
const firedAt = (at: number, run: Run, begun: Series['points'], hasWaited: boolean): number =>
  at === run.from && run.isOpenAtStart && !hasWaited ? (noted(begun, run) ?? at) : at;
