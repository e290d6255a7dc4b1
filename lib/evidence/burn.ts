import type { Point, Series } from '../prometheus';
import { ofApplications, paced, type PlaceObjective } from './asked';
import type { Asker } from './asker';
import { looked, type Found, type Gap } from './found';
import { runsOf } from './runs';

/** What became of the budget of an objective. */
export interface Burn {
  /** `<application>/<workload>/<slo>`. */
  readonly id: string;
  readonly application: string;
  readonly service: string;
  readonly slo: string;
  /** In percent: as it was at the end of the time, or where the server does not know it, as the model has it now. */
  readonly objective: number;
  /** The error ratio of five minutes, by which all the rest is told. */
  readonly ratio: readonly Point[];
  /** The first moment at which it was beyond what the objective allows; absent where it never was. */
  readonly burningSince?: number;
  /** The last one; absent where it never was, or still is at the end. */
  readonly burningUntil?: number;
  /** Whether it was beyond it already when the time began. */
  readonly isOpenAtStart: boolean;
  /** For how long it was beyond it in all, in seconds. */
  readonly burningSeconds: number;
  /** The highest, and the mean while it was beyond. */
  readonly highestRatio: number;
  readonly meanRatio: number;
  /** How many events were bad, of all while something was counted; absent of what counts none, such as freshness. */
  readonly badEvents?: number;
  readonly events?: number;
  /** Events in a second: in the mean of the last 30 days, and at the least within the time. */
  readonly usualTraffic?: number;
  readonly leastTraffic?: number;
  /** Which share of the budget of 30 days went away in the time: 1 is all of it. */
  readonly budgetShare: number;
  /** Whether the share is that of the time in which nobody counted events: it is the larger of both. */
  readonly isByTime: boolean;
  /** For how long it failed while nobody counted events, in seconds: without a pod no request is left to fail. */
  readonly uncountedSeconds: number;
  /** Which share of the budget was left, before and after; absent where the server does not know. */
  readonly leftBefore?: number;
  readonly leftAfter?: number;
  readonly query: string;
}

const PERIOD_SECONDS = 30 * 86_400;
/** A shorter break is none. */
const SHORTEST_GAP = 300;
const BY = 'slo_id, application, service, slo';

const RATIO = 'slo:sli_error:ratio_rate5m';

/** What became of every objective of the places, those that burnt first by their begin. */
export function burnOf(asker: Asker): Promise<Found<Burn>> {
  const { asked } = asker;
  const of = (metric: string, by: string): string =>
    `${by} by (${BY}) (${ofApplications(metric, asked)})`;
  const queries = [
    of(RATIO, 'max'),
    of('slo:sli_errors:rate5m', 'sum'),
    of(EVENTS, 'sum'),
    of(DOWN, 'max'),
  ] as const;
  const period = paced(PERIOD_SECONDS, asked.pace);
  const usual = `sum by (${BY}) (avg_over_time(${ofApplications(EVENTS, asked)}[${period}]))`;
  const left = of('slo:period_error_budget_remaining:ratio', 'max');
  return looked('burn', queries, async () => {
    const [ratio, errors, events, down, usually, before, after, promised] = await Promise.all([
      ...queries.map((query) => asker.over(query)),
      asker.at(usual),
      asker.at(left, asked.span.start),
      asker.at(left),
      asker.at(of('slo:objective:ratio', 'max')),
    ] as const);
    const series = { ratio, errors, events, down, usually, before, after, promised } as AllSeries;
    const objectives = asked.places.flatMap((place) => place.objectives);
    const rows = objectives.flatMap((each) => tryBurn(asker, each, series) ?? []);
    rows.sort((a, b) => (a.burningSince ?? Infinity) - (b.burningSince ?? Infinity));
    const known = new Set(rows.map(({ id }) => id));
    const gaps = gapsOf(objectives.filter(({ id }) => !known.has(id)));
    return { rows, queries, gaps, uncertaintySeconds: asker.range().step };
  });
}

const EVENTS = 'slo:sli_events:rate5m';
/** 1 while replicas are wanted and none is available. */
const DOWN = 'slo:sli_down:bool';

type AllSeries = Readonly<
  Record<
    'ratio' | 'errors' | 'events' | 'down' | 'usually' | 'before' | 'after' | 'promised',
    readonly Series[]
  >
>;

const gapsOf = (unknown: readonly PlaceObjective[]): readonly Gap[] =>
  unknown.length === 0
    ? []
    : [
        {
          ...{ part: 'burn', kind: 'no-data' },
          found: `nothing was measured in this time of ${unknown.map(({ id }) => id).join(', ')}`,
          fix: 'Look whether they had traffic, and whether what counts them was scraped',
        },
      ];

function tryBurn(
  asker: Asker,
  { id, service, slo, objective: declared }: PlaceObjective,
  series: AllSeries,
): Burn | undefined {
  const pointsOf = (of: keyof AllSeries): readonly Point[] =>
    series[of].find(({ labels }) => labels.slo_id === id)?.points ?? [];
  const valueOf = (of: keyof AllSeries): number | undefined => finite(pointsOf(of)[0]?.value);
  const ratio = pointsOf('ratio').filter(({ value }) => Number.isFinite(value));
  if (ratio.length === 0) return undefined;
  const promised = valueOf('promised');
  const objective = promised === undefined ? declared : Number((promised * 100).toPrecision(10));
  const budget = 1 - objective / 100;
  const range = asker.range();
  const beyond = ratio.filter(({ value }) => value > budget);
  const runs = runsOf(beyond, range, SHORTEST_GAP / asker.asked.pace);
  const [first, last] = [runs[0], runs.at(-1)];
  const series5m = { ratio, errors: pointsOf('errors'), events: pointsOf('events') };
  const spent = spentOf(
    { ...series5m, down: pointsOf('down') },
    {
      ...{ step: range.step, budget, periodSeconds: PERIOD_SECONDS / asker.asked.pace },
      usual: valueOf('usually'),
    },
  );
  const [leftBefore, leftAfter] = [valueOf('before'), valueOf('after')];
  return {
    ...{ id, application: id.split('/')[0] ?? '', service, slo, objective, ratio },
    ...(first && { burningSince: first.from }),
    ...(last && !last.isOpenAtEnd && { burningUntil: last.to }),
    isOpenAtStart: first?.isOpenAtStart ?? false,
    burningSeconds: runs.reduce((sum, { from, to }) => sum + to - from, 0),
    highestRatio: Math.max(...ratio.map(({ value }) => value)),
    meanRatio: mean(beyond.map(({ value }) => value)),
    ...spent,
    ...(leftBefore !== undefined && { leftBefore }),
    ...(leftAfter !== undefined && { leftAfter }),
    query: `${RATIO}{slo_id="${id}",environment="${asker.asked.places[0].environment}"}`,
  };
}

const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

const finite = (value: number | undefined): number | undefined =>
  value !== undefined && Number.isFinite(value) ? value : undefined;

/** What a budget is counted by. */
interface Counted {
  readonly ratio: readonly Point[];
  readonly errors: readonly Point[];
  readonly events: readonly Point[];
  readonly down: readonly Point[];
}

/** How much of a budget went: by events, or by the time in which nobody counted any, whichever is more, as the rules have it over 30 days. */
function spentOf(
  series: Counted,
  given: {
    readonly step: number;
    readonly budget: number;
    readonly periodSeconds: number;
    readonly usual: number | undefined;
  },
): Pick<
  Burn,
  | 'badEvents'
  | 'events'
  | 'usualTraffic'
  | 'leastTraffic'
  | 'budgetShare'
  | 'isByTime'
  | 'uncountedSeconds'
> {
  const { step, budget, periodSeconds, usual } = given;
  const rates = series.events.map(({ value }) => value).filter(Number.isFinite);
  const sum = (points: readonly Point[]): number =>
    points.reduce((all, { value }) => all + (Number.isFinite(value) ? value * step : 0), 0);
  const shareOf = (seconds: number): number => seconds / (budget * periodSeconds);
  const whole = sum(series.ratio);
  if (usual === undefined || usual <= 0 || rates.length === 0) {
    return { budgetShare: shareOf(whole), isByTime: true, uncountedSeconds: whole };
  }
  const counted = {
    badEvents: sum(series.errors),
    events: sum(series.events),
    usualTraffic: usual,
    leastTraffic: Math.min(...rates),
  };
  const byEvents = shareOf(counted.badEvents / usual);
  const uncountedSeconds = counted.badEvents === 0 ? whole : sum(uncounted(series));
  const byTime = shareOf(uncountedSeconds);
  const isByTime = byTime > byEvents;
  return { ...counted, budgetShare: isByTime ? byTime : byEvents, isByTime, uncountedSeconds };
}

/** Which share of each moment failed without an event that says so: without a pod, or where nobody knows of pods, without events. */
function uncounted({ ratio, events, down }: Counted): readonly Point[] {
  const at = (points: readonly Point[]): ReadonlyMap<number, number> =>
    new Map(points.map((point) => [point.at, point.value]));
  const [rates, downs] = [at(events), at(down)];
  return ratio.map((point) => {
    const isCounted = (rates.get(point.at) ?? 0) > 0;
    return { at: point.at, value: downs.get(point.at) ?? (isCounted ? 0 : point.value) };
  });
}
