import { DAY, HOUR, isAmong, MINUTE, MONTH, WEEKDAY } from './schedule';

/** What the short forms stand for. */
const DESCRIPTORS: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};

const MINUTES = 60;
const MINUTES_OF_DAY = 24 * MINUTES;
const MILLISECONDS_OF_DAY = MINUTES_OF_DAY * MINUTES * 1000;
/** Every date has met every day of the week by then, the 29th of February too. */
const DAYS = 40 * 366;
const FIRST_DAY = Date.UTC(2001, 0, 1) / MILLISECONDS_OF_DAY;

/**
 * The longest time in seconds between two runs of a schedule, in a zone without summer time; undefined when it never runs twice.
 * The schedule must be one that `checkCron` has nothing against.
 */
export function tryLongestGapSeconds(schedule: string): number | undefined {
  const fields = (DESCRIPTORS[schedule] ?? schedule).split(/[ \t]+/);
  const times = timesOfDay(fields);
  const days = daysOf(fields);
  const [first, second] = days;
  const [earliest] = times;
  const latest = times.at(-1);
  if (second === undefined || first === undefined) return undefined;
  if (earliest === undefined || latest === undefined) return undefined;
  const overnight = longest(days) * MINUTES_OF_DAY - latest + earliest;
  return Math.max(overnight, longest(times)) * 60;
}

/** Whether a schedule runs in every hour, so that no hour is skipped or repeated for it in spring and autumn. */
export function runsEveryHour(schedule: string): boolean {
  const [, hours = ''] = (DESCRIPTORS[schedule] ?? schedule).split(/[ \t]+/);
  return numbers(HOUR.min, HOUR.max).every((hour) => isAmong(hour, hours, HOUR));
}

const timesOfDay = ([minutes = '', hours = '']: readonly string[]): readonly number[] =>
  numbers(HOUR.min, HOUR.max)
    .filter((hour) => isAmong(hour, hours, HOUR))
    .flatMap((hour) =>
      numbers(MINUTE.min, MINUTE.max)
        .filter((minute) => isAmong(minute, minutes, MINUTE))
        .map((minute) => hour * MINUTES + minute),
    );

/** With a day of the month and a day of the week, either of them is enough; a star leaves the other to decide. */
function daysOf([, , days = '', months = '', weekdays = '']: readonly string[]): readonly number[] {
  const isEither = !hasStar(days) && !hasStar(weekdays);
  return numbers(FIRST_DAY, FIRST_DAY + DAYS).filter((day) => {
    const date = new Date(day * MILLISECONDS_OF_DAY);
    if (!isAmong(date.getUTCMonth() + 1, months, MONTH)) return false;
    const isDay = isAmong(date.getUTCDate(), days, DAY);
    const isWeekday = isAmong(date.getUTCDay(), weekdays, WEEKDAY);
    return isEither ? isDay || isWeekday : isDay && isWeekday;
  });
}

const hasStar = (field: string): boolean =>
  field.split(',').some((range) => /^[*?](\/1)?$/.test(range));

const numbers = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** The longest step between numbers that rise. */
const longest = (rising: readonly number[]): number =>
  rising.reduce((most, each, index) => Math.max(most, each - (rising[index - 1] ?? each)), 0);
