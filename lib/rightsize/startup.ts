import { oneOf, type Matcher } from '../prometheus';
import type { Amounts } from '../sizing';
import { DAY, once, ONE_LIFE, type Asker } from './asker';
import { CPU, keyOf, type LifeKey } from './life';
import { MEMORY } from './memory';
import { DAY_SECONDS, dayAt, startOf, type Window } from './window';

const START = 'container_start_time_seconds';
/** How long starting takes at most (judgement). */
const STARTING_SECONDS = 600;
/** As long as a sample of CPU use: less at full speed is no load that a request is for. */
const LEAST_AGE_SECONDS = 300;
/** So long before the window a start is looked up, where a container has run on since (judgement). */
const LOOK_BACK_DAYS = 30;
/** Two or three looks within that time; each costs the server for the whole day. */
const LEAST_STEP_SECONDS = 240;

/** The most that each life of a container used while it started. */
export type Startups = ReadonlyMap<LifeKey, Partial<Amounts>>;

/**
 * The use within the first ten minutes: of CPU the counter by the container's age, since there is no rate before the second sample, as an
 * average over five minutes at least. Each day is asked about for the pods alone that started on it. What started before the window and
 * runs on is asked about too, as far as the server remembers.
 */
export async function startupsOf(
  asker: Asker,
  containers: readonly string[],
  scrapeSeconds: number,
): Promise<Startups> {
  const among = oneOf('container', containers);
  const step = Math.max(LEAST_STEP_SECONDS, scrapeSeconds);
  const rows = await asker.daily(once(`max_over_time(${asker.select(START, among)}[${DAY}])`));
  const started = podsByStart(rows, asker.window);
  const startups = new Map<LifeKey, Partial<Amounts>>();
  await Promise.all(
    [...started].flatMap(([day, pods]) => {
      const some = [among, oneOf('pod', [...pods].sort())];
      return [
        keep(startups, 'cpu', peaks(asker, cpuByAge(asker, some), step, day)),
        keep(startups, 'memory', peaks(asker, memoryByAge(asker, some), step, day)),
      ];
    }),
  );
  return startups;
}

/** Pods by the day on which one of their containers started. */
function podsByStart(
  rows: Awaited<ReturnType<Asker['daily']>>,
  { start, from }: Window,
): ReadonlyMap<string, ReadonlySet<string>> {
  const earliest = dayAt(start - LOOK_BACK_DAYS * DAY_SECONDS);
  const started = new Map<string, Set<string>>();
  for (const { labels, days } of rows) {
    for (const { day, value } of days) {
      const begun = dayAt(value);
      if (begun !== day && (begun >= from || begun < earliest)) continue;
      started.set(begun, (started.get(begun) ?? new Set()).add(labels.pod ?? ''));
    }
  }
  return started;
}

const peaks = (
  asker: Asker,
  expression: string,
  step: number,
  day: string,
): ReturnType<Asker['atEnd']> =>
  asker.atEnd(`max_over_time((${expression})[${DAY}:${step}s])`, startOf(day) + DAY_SECONDS);

function cpuByAge(asker: Asker, some: readonly Matcher[]): string {
  const counter = once(asker.select(CPU, ...some));
  const scraped = once(`timestamp(${asker.select(CPU, ...some)})`);
  const age = `${scraped} - on (${ONE_LIFE}) ${once(asker.select(START, ...some))}`;
  const young = `clamp_min((${age}) <= ${STARTING_SECONDS}, ${LEAST_AGE_SECONDS})`;
  return `${counter} / on (${ONE_LIFE}) ${young}`;
}

function memoryByAge(asker: Asker, some: readonly Matcher[]): string {
  const start = once(asker.select(START, ...some));
  return `${once(asker.select(MEMORY, ...some))} and on (${ONE_LIFE}) (time() - ${start} <= ${STARTING_SECONDS})`;
}

async function keep(
  startups: Map<LifeKey, Partial<Amounts>>,
  resource: keyof Amounts,
  rows: ReturnType<Asker['atEnd']>,
): Promise<void> {
  for (const { labels, value } of await rows) {
    const key = keyOf(labels);
    const known = startups.get(key);
    startups.set(key, { ...known, [resource]: Math.max(known?.[resource] ?? 0, value) });
  }
}
