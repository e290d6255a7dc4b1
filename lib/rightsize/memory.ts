import { oneOf } from '../prometheus';
import type { QuantilePoint } from '../sizing';
import { DAY, once, type Asker } from './asker';
import { partsOf } from './cpu';
import { keyOf, type LifeKey } from './life';

export const MEMORY = 'container_memory_working_set_bytes';
const QUANTILES = [0.5, 0.95, 0.98, 0.99] as const;
/** They are a record, from which nothing follows: so many of them do, and cost the server as much however often it scrapes. */
const STEP_MINUTES = 15;

export interface Memory {
  /** The largest working set by day, of each life of a container. */
  readonly max: ReadonlyMap<LifeKey, ReadonlyMap<string, number>>;
  /** Over the whole window, for the record. */
  readonly quantiles: ReadonlyMap<LifeKey, readonly QuantilePoint[]>;
}

/** How much memory was used, in bytes: the maxima by all samples. `lives` is how many there are on one day at most. */
export async function memoryOf(
  asker: Asker,
  containers: readonly string[],
  lives: number,
): Promise<Memory> {
  const use = asker.select(MEMORY, oneOf('container', containers));
  const step = `${STEP_MINUTES * partsOf(asker.window, (lives * 24 * 60) / STEP_MINUTES).length}m`;
  const [days, ...quantiles] = await Promise.all([
    asker.daily(once(`max_over_time(${use}[${DAY}])`)),
    ...QUANTILES.map(async (quantile) => {
      const over = `quantile_over_time(${quantile}, ${use}[${asker.wholeWindow}:${step}])`;
      return { quantile, rows: await asker.atEnd(once(over)) };
    }),
  ]);
  const points = new Map<LifeKey, QuantilePoint[]>();
  for (const { quantile, rows } of quantiles) {
    for (const { labels, value } of rows) {
      const key = keyOf(labels);
      points.set(key, [...(points.get(key) ?? []), { quantile, value }]);
    }
  }
  return {
    max: new Map(
      days.map((row) => [
        keyOf(row.labels),
        new Map(row.days.map(({ day, value }) => [day, value])),
      ]),
    ),
    quantiles: points,
  };
}
