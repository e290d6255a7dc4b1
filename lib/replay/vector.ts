import type { Point, Series } from '../prometheus';
import type { Aggregation, Grouping, SetOperator } from './tree';

type Labels = Readonly<Record<string, string>>;

/** The labels of a series that count when it is compared with others, as text. */
function signature(labels: Labels, { by, labels: names }: Grouping): string {
  return JSON.stringify(Object.entries(kept(labels, { by, labels: names })).sort());
}

/** The labels that a grouping leaves. The name is never one. */
const kept = (labels: Labels, { by, labels: names }: Grouping): Labels =>
  Object.fromEntries(
    Object.entries(labels).filter(
      ([label, value]) =>
        label !== '__name__' && value !== '' && names.includes(label) === (by === 'these'),
    ),
  );

/** A set operator at each point by itself, as the server would evaluate it. */
export function combined(
  operator: SetOperator,
  on: Grouping,
  left: readonly Series[],
  right: readonly Series[],
): readonly Series[] {
  if (operator !== 'or') {
    const there = timesOf(right, on);
    return some(left, on, (key, at) => (there.get(key)?.has(at) ?? false) === (operator === 'and'));
  }
  const there = timesOf(left, on);
  return merged([...left, ...some(right, on, (key, at) => !there.get(key)?.has(at))]);
}

/** Series of the same labels, each at times of its own, as one. */
export function merged(series: readonly Series[]): readonly Series[] {
  const rows = new Map<string, Series>();
  for (const each of series) {
    const key = signature(each.labels, ALL);
    const before = rows.get(key);
    const points = before && [...before.points, ...each.points].sort((a, b) => a.at - b.at);
    rows.set(key, points ? { labels: each.labels, points } : each);
  }
  return [...rows.values()];
}

/** All labels but the name. */
const ALL: Grouping = { by: 'others', labels: [] };

/** The points of some series that pass. */
const some = (
  series: readonly Series[],
  on: Grouping,
  test: (key: string, at: number) => boolean,
): readonly Series[] =>
  series.flatMap(({ labels, points }) => {
    const key = signature(labels, on);
    const left = points.filter(({ at }) => test(key, at));
    return left.length === 0 ? [] : [{ labels, points: left }];
  });

/** When there is something of each group. */
function timesOf(
  series: readonly Series[],
  on: Grouping,
): ReadonlyMap<string, ReadonlySet<number>> {
  const times = new Map<string, Set<number>>();
  for (const { labels, points } of series) {
    const key = signature(labels, on);
    const known = times.get(key) ?? new Set<number>();
    for (const { at } of points) known.add(at);
    times.set(key, known);
  }
  return times;
}

/** An aggregation at each point by itself. */
export function aggregated(
  aggregation: Aggregation,
  to: Grouping,
  series: readonly Series[],
): readonly Series[] {
  const groups = new Map<
    string,
    { readonly labels: Labels; readonly values: Map<number, number> }
  >();
  for (const { labels, points } of series) {
    const key = signature(labels, to);
    const group = groups.get(key) ?? {
      labels: kept(labels, to),
      values: new Map<number, number>(),
    };
    groups.set(key, group);
    for (const { at, value } of points) {
      group.values.set(at, taken(aggregation, group.values.get(at), value));
    }
  }
  return [...groups.values()].map(({ labels, values }) => ({ labels, points: sorted(values) }));
}

const sorted = (values: ReadonlyMap<number, number>): readonly Point[] =>
  [...values].map(([at, value]) => ({ at, value })).sort((a, b) => a.at - b.at);

function taken(aggregation: Aggregation, before: number | undefined, value: number): number {
  switch (aggregation) {
    case 'group':
      return 1;
    case 'count':
      return (before ?? 0) + 1;
    case 'sum':
      return (before ?? 0) + value;
    // Anything is more than NaN, and less.
    case 'max':
      return before === undefined || Number.isNaN(before) || value > before ? value : before;
    case 'min':
      return before === undefined || Number.isNaN(before) || value < before ? value : before;
  }
}

/** Series as a rule records them, or as an alert has them: with its labels, of which an empty one takes a label away. */
export const relabelled = (series: readonly Series[], labels: Labels): readonly Series[] =>
  merged(
    series.map((each) => ({
      labels: kept({ ...each.labels, ...labels }, ALL),
      points: each.points,
    })),
  );
