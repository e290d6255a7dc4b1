import { compareText } from '../foundation';
import { OTHER_LABELS, type KeptSamples } from './kept';

type Labels = Readonly<Record<string, string>>;

/** What a server has of one series: values by their times in milliseconds. */
export interface MeasuredSeries {
  readonly metric: string;
  readonly labels: Labels;
  readonly points: ReadonlyMap<number, number>;
}

/** Series with the labels that rules name, in an order that does not depend on the server's. */
export function stored(
  measured: readonly MeasuredSeries[],
  named: ReadonlySet<string>,
): { readonly series: readonly KeptSamples[]; readonly dropped: readonly string[] } {
  const isNamed = (label: string): boolean => named.has(label);
  const others = ({ labels }: MeasuredSeries): Labels => some(labels, (label) => !isNamed(label));
  const sets = [...new Set(measured.map((each) => JSON.stringify(others(each))))].sort();
  const numbers = new Map(sets.filter((text) => text !== '{}').map((text, at) => [text, at + 1]));
  const rows = new Map<string, Row>();
  for (const each of measured) {
    const number = numbers.get(JSON.stringify(others(each)));
    const labels = {
      ...some(each.labels, isNamed),
      ...(number !== undefined && { [OTHER_LABELS]: String(number) }),
    };
    const key = `${each.metric} ${JSON.stringify(labels)}`;
    const row = rows.get(key) ?? { metric: each.metric, labels, points: new Map() };
    // Several selectors may have found the same series.
    for (const [at, value] of each.points) row.points.set(at, value);
    rows.set(key, row);
  }
  const series = [...rows.entries()]
    .sort(([a], [b]) => compareText(a, b))
    .map(([, { metric, labels, points }]) => ({ metric, labels, ...samplesOf(points) }));
  const dropped = new Set(measured.flatMap((each) => Object.keys(others(each))));
  return { series, dropped: [...dropped].sort() };
}

interface Row {
  readonly metric: string;
  readonly labels: Labels;
  readonly points: Map<number, number>;
}

const some = (labels: Labels, test: (label: string) => boolean): Labels =>
  Object.fromEntries(
    Object.entries(labels)
      .filter(([label]) => label !== '__name__' && test(label))
      .sort(([a], [b]) => compareText(a, b)),
  );

function samplesOf(points: ReadonlyMap<number, number>): Pick<KeptSamples, 'times' | 'values'> {
  const rising = [...points].sort(([a], [b]) => a - b);
  return { times: rising.map(([at]) => at), values: rising.map(([, value]) => value) };
}
