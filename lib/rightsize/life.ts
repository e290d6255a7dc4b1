import { compareText } from '../foundation';
import type { Matcher, Series } from '../prometheus';
import { DAY, once, ONE_LIFE, type Asker, type DailyRow } from './asker';
import { DAY_SECONDS } from './window';

export const CPU = 'container_cpu_usage_seconds_total';

/** One life of a container: from a start to its end. Where the label `id` is dropped, all its lives in one pod. */
export interface Life {
  readonly pod: string;
  readonly container: string;
  /** Its cgroup. */
  readonly id: string;
  /** The samples of CPU use that were scraped, by day. The day before the window is among them. */
  readonly samples: ReadonlyMap<string, number>;
  /** In how many hours of a day there was one: of 24, however far apart the samples are. */
  readonly hours: ReadonlyMap<string, number>;
}

export type LifeKey = string;

/** What tells one life from another in the rows of any answer. */
export const keyOf = ({ pod = '', container = '', id = '' }: Series['labels']): LifeKey =>
  `${pod} ${container} ${id}`;

export const keyOfLife = ({ pod, container, id }: Life): LifeKey => `${pod} ${container} ${id}`;

/** A pod's own cgroup has no container, and its network is held by one named POD: they would count twice. */
export const REAL: readonly Matcher[] = [
  { label: 'container', is: '!=', value: '' },
  { label: 'container', is: '!=', value: 'POD' },
];

/** What was scraped in the namespace, and the clusters it comes from. */
export interface Scraped {
  readonly lives: readonly Life[];
  readonly clusters: readonly string[];
}

/** All containers that were scraped within the window, known or not. */
export async function findLives(asker: Asker): Promise<Scraped> {
  const all = asker.select(CPU, ...REAL);
  const counts = `count_over_time(${all}[${DAY}])`;
  const hours = `count_over_time(count_over_time(${all}[1h])[${DAY}:1h])`;
  const { start, end } = asker.window;
  // A day more: what ran before the window ran from the beginning of its first day.
  const range = { start: start - DAY_SECONDS, end };
  const [rows, inHours] = await Promise.all([
    asker.daily(once(counts, `${ONE_LIFE},cluster`), range),
    asker.daily(once(hours), range),
  ]);
  const hoursOf = new Map(inHours.map(({ labels, days }) => [keyOf(labels), byDay(days)]));
  const clusters = new Set(rows.map(({ labels }) => labels.cluster ?? ''));
  const lives = rows.map(({ labels, days }) => ({
    pod: labels.pod ?? '',
    container: labels.container ?? '',
    id: labels.id ?? '',
    samples: byDay(days),
    hours: hoursOf.get(keyOf(labels)) ?? new Map<string, number>(),
  }));
  // In an order of our own, so that sums of fractions are the same in each run.
  const sorted = lives.sort((a, b) => compareText(keyOfLife(a), keyOfLife(b)));
  return { lives: sorted, clusters: [...clusters].sort() };
}

const byDay = (days: DailyRow['days']): ReadonlyMap<string, number> =>
  new Map(days.map(({ day, value }) => [day, value]));
