import { oneOf } from '../prometheus';
import type { QuantilePoint } from '../sizing';
import { DAY, once, type Asker } from './asker';
import { CPU, keyOf, type LifeKey } from './life';
import { DAY_SECONDS, type Window } from './window';

/** The quantiles of each day, and how much coarser the low ones are taken: there, neighbouring samples say the same. */
const QUANTILES: readonly { readonly quantile: number; readonly coarser: number }[] = [
  { quantile: 0.5, coarser: 4 },
  { quantile: 0.9, coarser: 2 },
  { quantile: 0.95, coarser: 1 },
  { quantile: 0.98, coarser: 1 },
  { quantile: 0.99, coarser: 1 },
  { quantile: 1, coarser: 1 },
];

/** The values that a server holds at a time for one question; it refuses from 50 million on (`query.max-samples`), and needs 16 bytes each. */
const MOST_VALUES = 1_500_000;

/** The quantile points by day, of each life of a container. */
export type DailyCpu = ReadonlyMap<LifeKey, ReadonlyMap<string, readonly QuantilePoint[]>>;

/** How CPU use was distributed on each day, in cores over `rate` seconds each. `lives` is how many there are on one day at most. */
export async function dailyCpu(
  asker: Asker,
  containers: readonly string[],
  rate: number,
  lives: number,
): Promise<DailyCpu> {
  const use = rateOf(asker, containers, rate);
  const parts = partsOf(asker.window, (lives * DAY_SECONDS) / rate);
  const points = new Map<LifeKey, Map<string, QuantilePoint[]>>();
  await Promise.all(
    QUANTILES.flatMap(({ quantile, coarser }) =>
      parts.map(async (part) => {
        const samples = `${use}[${DAY}:${stepOf(rate, coarser)}s]`;
        for (const { labels, days } of await asker.daily(once(over(quantile, samples)), part)) {
          for (const { day, value } of days) {
            add(points, keyOf(labels), day, { quantile, value });
          }
        }
      }),
    ),
  );
  return points;
}

/** The CPU use of some containers. */
export const rateOf = (asker: Asker, containers: readonly string[], rate: number): string =>
  `rate(${asker.select(CPU, oneOf('container', containers))}[${rate}s])`;

const over = (quantile: number, samples: string): string =>
  quantile === 1 ? `max_over_time(${samples})` : `quantile_over_time(${quantile}, ${samples})`;

/** A step that still cuts a day into equal parts. */
const stepOf = (rate: number, coarser: number): number =>
  DAY_SECONDS % (rate * coarser) === 0 ? rate * coarser : rate;

/** The days of a window in parts, so that no question holds too much. */
export function partsOf(
  { start, end }: Window,
  valuesPerDay: number,
): readonly Pick<Window, 'start' | 'end'>[] {
  const seconds = Math.max(1, Math.floor(MOST_VALUES / Math.max(1, valuesPerDay))) * DAY_SECONDS;
  const count = Math.ceil((end - start) / seconds);
  return Array.from({ length: count }, (_, index) => ({
    start: start + index * seconds,
    end: Math.min(end, start + (index + 1) * seconds),
  }));
}

function add(
  points: Map<LifeKey, Map<string, QuantilePoint[]>>,
  key: LifeKey,
  day: string,
  point: QuantilePoint,
): void {
  const days = points.get(key) ?? new Map<string, QuantilePoint[]>();
  points.set(key, days);
  const known = days.get(day);
  if (known) known.push(point);
  else days.set(day, [point]);
}
