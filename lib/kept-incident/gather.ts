import { compareText } from '../foundation';
import {
  isSameMatcher,
  LOOKBACK_SECONDS,
  selector,
  type Answering,
  type Matcher,
  type Range,
} from '../prometheus';
import type { KeptIncident } from './kept';
import { merged, tryNeeds, tryPresence, wordsIn, type Need } from './needs';
import type { Noted } from './noting';
import { stored, type MeasuredSeries } from './stored';

/** More samples belong into no repository: it is some megabytes of text. */
export const MOST_SAMPLES = 1_000_000;

/** What is kept of what was asked. */
export interface Gathering {
  readonly noted: readonly Noted[];
  /** Conditions that were put on all questions: all that is kept fulfils them. */
  readonly conditions: readonly Matcher[];
  readonly range: Range;
}

export type Gathered = Pick<
  KeptIncident,
  'selectors' | 'dropped' | 'present' | 'series' | 'lookbackSeconds'
>;

/** There is too much of it. */
export interface TooMuch {
  readonly samples: number;
  /** The selector that has the most. */
  readonly most: string;
}

/** Asks for the samples that stand behind questions. @throws {PrometheusError} */
export async function gatherSeries(
  client: Answering,
  { noted, conditions, range }: Gathering,
): Promise<Gathered | TooMuch> {
  const asked = noted.filter(({ query }) => tryPresence(query) === undefined);
  const needs = merged(asked.flatMap((each) => tryNeeds(each.query, each.from) ?? [])).map(
    (need) => ({
      ...need,
      matchers: without(need.matchers, conditions),
      from: Math.floor(need.from / range.step) * range.step,
    }),
  );
  const counts = await Promise.all(needs.map((need) => countOf(client, need, conditions, range)));
  const samples = counts.reduce((sum, count) => sum + count, 0);
  if (samples > MOST_SAMPLES) {
    const most = needs[counts.indexOf(Math.max(...counts))];
    return { samples, most: most === undefined ? '' : textOf(most, []) };
  }
  const measured = await Promise.all(
    needs.map((need) => seriesOf(client, need, conditions, range)),
  );
  const named = new Set(asked.flatMap(({ query }) => wordsIn(query)));
  const { series, dropped } = stored(measured.flat(), named);
  const kept = new Set(series.map(({ metric }) => metric));
  return {
    selectors: needs
      .map(({ metric, matchers, from }) => ({ metric, matchers, from }))
      .sort((a, b) => compareText(selector(a.metric, a.matchers), selector(b.metric, b.matchers))),
    ...{ dropped, series, present: presentIn(noted).filter((metric) => !kept.has(metric)) },
    lookbackSeconds: lookbackOf(measured.filter((_, index) => needs[index]?.isInstant).flat()),
  };
}

const without = (
  matchers: readonly Matcher[],
  conditions: readonly Matcher[],
): readonly Matcher[] =>
  matchers.filter((each) => !conditions.some((condition) => isSameMatcher(each, condition)));

/** Metrics that were looked for, and found. */
function presentIn(noted: readonly Noted[]): readonly string[] {
  const found = noted.flatMap(({ query, isAnswered }) =>
    isAnswered ? (tryPresence(query)?.metric ?? []) : [],
  );
  return [...new Set(found)].sort();
}

const textOf = ({ metric, matchers }: Need, conditions: readonly Matcher[]): string =>
  selector(metric, [...matchers, ...conditions]);

async function countOf(
  client: Answering,
  need: Need,
  conditions: readonly Matcher[],
  { end }: Range,
): Promise<number> {
  const seconds = Math.ceil(end - need.from);
  const count = `sum(count_over_time(${textOf(need, conditions)}[${seconds}s]))`;
  return (await client.query(count, end))[0]?.points[0]?.value ?? 0;
}

const DAY = 86_400;

/** Samples as they were scraped, a day at a time. */
async function seriesOf(
  client: Answering,
  need: Need,
  conditions: readonly Matcher[],
  { end }: Range,
): Promise<readonly MeasuredSeries[]> {
  const text = textOf(need, conditions);
  const rows = new Map<string, { labels: Record<string, string>; points: Map<number, number> }>();
  for (let to = end; to > need.from; to -= DAY) {
    const seconds = Math.ceil(Math.min(DAY, to - need.from));
    for (const { labels, points } of await client.query(`${text}[${seconds}s]`, to)) {
      const key = JSON.stringify(Object.entries(labels).sort());
      const row = rows.get(key) ?? { labels, points: new Map<number, number>() };
      for (const { at, value } of points) row.points.set(Math.round(at * 1000), value);
      rows.set(key, row);
    }
  }
  return [...rows.values()].map((row) => ({ metric: need.metric, ...row }));
}

/** As short as bridges a scrape that failed, for the series that come most seldom. */
function lookbackOf(series: readonly MeasuredSeries[]): number {
  const usual = series.map(({ points }) => usualGapSeconds([...points.keys()]));
  const longest = usual.reduce((a, b) => Math.max(a, b), 0);
  return Math.min(LOOKBACK_SECONDS, Math.max(30, Math.ceil(2.2 * longest)));
}

/** The median of the times between two samples. */
function usualGapSeconds(times: readonly number[]): number {
  const rising = [...times].sort((a, b) => a - b);
  const gaps = rising.slice(1).map((at, index) => at - (rising[index] ?? at));
  return (gaps.sort((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? 0) / 1000;
}
