import { daysOf, minutesOf, type Day } from './schedule';

const DAY_MS = 86_400_000;
/** Eight years have each date on each day of the week that it can have, and a leap day at each end of the gap between two. */
const FIRST = Date.UTC(2024, 0, 1);
const DAYS = 8 * 366;

/**
 * The longest time between two runs of a schedule, in seconds of the clock on the wall. In a time zone that changes it, one night has an
 * hour more.
 * @param cron - one that `checkCron` passes
 */
export function longestGap(cron: string): number {
  const minutes = minutesOf(cron);
  const isDay = daysOf(cron);
  const [first = 0] = minutes;
  const last = minutes.at(-1) ?? first;
  const within = minutes.map((minute, index) => minute - (minutes[index - 1] ?? minute));
  let longest = Math.max(...within);
  let before: number | undefined;
  for (let day = 0; day < DAYS; day++) {
    if (!isDay(dayAt(FIRST + day * DAY_MS))) continue;
    if (before !== undefined) longest = Math.max(longest, (day - before) * 1440 + first - last);
    before = day;
  }
  return longest * 60;
}

function dayAt(time: number): Day {
  const date = new Date(time);
  return { date: date.getUTCDate(), month: date.getUTCMonth() + 1, weekday: date.getUTCDay() };
}
