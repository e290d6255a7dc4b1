import { label } from '../prometheus';
import { DAY, type Asker } from './asker';
import { CPU, type Life } from './life';
import { DAY_SECONDS, startOf } from './window';

/** Without two samples of anything: what most Prometheus' are set to. */
const USUAL_SECONDS = 60;
const LOOKED_AT = 3;

/** How far apart the samples of CPU use are, by those of the containers that have most. */
export async function scrapeInterval(asker: Asker, lives: readonly Life[]): Promise<number> {
  const busiest = lives
    .flatMap(({ pod, container, samples }) =>
      [...samples].map(([day, count]) => ({ pod, container, day, count })),
    )
    .sort((a, b) => b.count - a.count)
    .slice(0, LOOKED_AT);
  const gaps = await Promise.all(
    busiest.map(async ({ pod, container, day }) => {
      const of = asker.select(CPU, label('pod', pod), label('container', container));
      const series = await asker.samples(`${of}[${DAY}]`, startOf(day) + DAY_SECONDS);
      return series.flatMap(({ points }) => {
        const times = points.map(({ at }) => at);
        return times.slice(1).map((at, index) => at - (times[index] ?? at));
      });
    }),
  );
  const sorted = gaps.flat().sort((a, b) => a - b);
  return Math.round(sorted[Math.floor(sorted.length / 2)] ?? USUAL_SECONDS);
}

/** Rates that cut a day into equal parts. */
const RATE_SECONDS = [300, 600, 900, 1200, 1800, 3600, 7200] as const;
/** One lost scrape must not lose a rate. */
const SCRAPES = 4;

/** Over how many seconds a rate is taken: five minutes, or longer where samples are further apart. */
export const rateSeconds = (scrapeSeconds: number): number =>
  RATE_SECONDS.find((seconds) => seconds >= SCRAPES * scrapeSeconds) ?? 7200;
