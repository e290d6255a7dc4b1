import { oneOf } from '../prometheus';
import { once, type Asker } from './asker';
import { keyOf, type LifeKey } from './life';

/** Periods of 100 ms in which a container ran, and in which it was held back. */
export interface Throttling {
  readonly periods: number;
  readonly throttled: number;
}

/** Of each life of a container with a limit of CPU. */
export async function throttlingOf(
  asker: Asker,
  containers: readonly string[],
): Promise<ReadonlyMap<LifeKey, Throttling>> {
  const rise = (metric: string): string => {
    const counter = asker.select(metric, oneOf('container', containers));
    return once(`increase(${counter}[${asker.wholeWindow}])`);
  };
  const [periods, throttled] = await Promise.all([
    asker.atEnd(rise('container_cpu_cfs_periods_total')),
    asker.atEnd(rise('container_cpu_cfs_throttled_periods_total')),
  ]);
  const held = new Map(throttled.map(({ labels, value }) => [keyOf(labels), value]));
  return new Map(
    periods.map(({ labels, value }) => {
      const key = keyOf(labels);
      return [key, { periods: value, throttled: held.get(key) ?? 0 }];
    }),
  );
}
