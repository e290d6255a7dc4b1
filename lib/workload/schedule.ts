import type { ProblemLog } from '../foundation';
import { describe } from '../foundation';

interface Field {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly words?: readonly string[];
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

const DAY: Field = { name: 'day of month', min: 1, max: 31 };
const MONTH: Field = { name: 'month', min: 1, max: 12, words: MONTHS };
const FIELDS: readonly Field[] = [
  { name: 'minute', min: 0, max: 59 },
  { name: 'hour', min: 0, max: 23 },
  DAY,
  MONTH,
  { name: 'day of week', min: 0, max: 6, words: DAYS },
];

const DESCRIPTORS = [
  '@yearly',
  '@annually',
  '@monthly',
  '@weekly',
  '@daily',
  '@midnight',
  '@hourly',
];

/**
 * Reports a schedule that Kubernetes would refuse. The grammar is that of robfig/cron's standard parser, which the CronJob controller
 * uses; cron libraries for JavaScript accept more (seconds, `L`, `#`, 7 for Sunday), which the API server then rejects.
 */
export function checkCron(schedule: unknown, path: string, log: ProblemLog): void {
  const report = (found: string): void => {
    log.error('CronInvalid', found, `Give ${path} as five fields, such as '15 3 * * *'`);
  };
  const before = log.errors;
  if (typeof schedule !== 'string') return report(`${path} is ${describe(schedule)}`);
  if (DESCRIPTORS.includes(schedule)) return;
  const parts = schedule.split(/[ \t]+/);
  if (parts.length !== FIELDS.length || parts.includes('')) {
    return report(`${path} is ${describe(schedule)}`);
  }
  FIELDS.forEach((field, index) => {
    const part = parts[index] ?? '';
    if (part.split(',').some((range) => !isRange(range, field))) {
      const { name, min, max } = field;
      const fix = `Give the ${name} from ${min} to ${max}, as in '15 3 * * *'`;
      log.error('CronInvalid', `the ${name} of ${path} is ${describe(part)}`, fix);
    }
  });
  if (log.errors === before && isNever(parts)) {
    const found = `${path} is ${describe(schedule)}, a day that none of its months has`;
    log.error('CronInvalid', found, 'Give a day that comes');
  }
}

/** The days of the longest month of each name. */
const LENGTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether no month of a schedule has one of its days. With a day of the week as well, either of them is enough. */
function isNever([, , days = '', months = '', weekdays = '']: readonly string[]): boolean {
  if (!/^[*?](\/1)?$/.test(weekdays)) return false;
  const longest = LENGTHS.filter((_, index) => isAmong(index + 1, months, MONTH));
  return Math.max(...longest) < firstOf(days);
}

/** The first day of the month that a field names. */
const firstOf = (days: string): number =>
  Math.min(
    ...days.split(',').map((range) => {
      const [span = ''] = range.split('/');
      return /^[*?]/.test(span) ? 1 : (valueOf(span.split('-')[0] ?? '', DAY) ?? 1);
    }),
  );

/** Whether a field names a number. */
const isAmong = (wanted: number, list: string, field: Field): boolean =>
  list.split(',').some((range) => {
    const [span = '', step] = range.split('/');
    const [low = field.min, high] = /^[*?]/.test(span)
      ? [field.min, field.max]
      : span.split('-').map((end) => valueOf(end, field) ?? field.min);
    // A number with a step goes on to the end.
    const last = high ?? (step === undefined ? low : field.max);
    return wanted >= low && wanted <= last && (wanted - low) % Number(step ?? 1) === 0;
  });

/** A day of the calendar. */
export interface Day {
  readonly date: number;
  readonly month: number;
  /** 0 is Sunday. */
  readonly weekday: number;
}

const DESCRIBED: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};

const partsOf = (cron: string): readonly string[] => (DESCRIBED[cron] ?? cron).split(/[ \t]+/);

/** The minutes of a day at which a sound schedule runs, in order. */
export function minutesOf(cron: string): readonly number[] {
  const [minutes = '', hours = ''] = partsOf(cron);
  const among = (list: string, field: Field): readonly number[] =>
    Array.from({ length: field.max + 1 }, (_, value) => value).filter((value) =>
      isAmong(value, list, field),
    );
  const [minute, hour] = FIELDS as readonly [Field, Field];
  const each = among(minutes, minute);
  return among(hours, hour).flatMap((at) => each.map((past) => at * 60 + past));
}

/** Whether a sound schedule runs on a day. With days of the month and of the week, either of them is enough. */
export function daysOf(cron: string): (day: Day) => boolean {
  const [, , dates = '', months = '', weekdays = ''] = partsOf(cron);
  const week = FIELDS.at(-1) as Field;
  const isAny = (list: string): boolean => /^[*?]/.test(list);
  return ({ date, month, weekday }) => {
    if (!isAmong(month, months, MONTH)) return false;
    const isDate = isAmong(date, dates, DAY);
    const isWeekday = isAmong(weekday, weekdays, week);
    return isAny(dates) || isAny(weekdays) ? isDate && isWeekday : isDate || isWeekday;
  };
}

function isRange(range: string, field: Field): boolean {
  const [span = '', step, ...rest] = range.split('/');
  if (rest.length > 0 || (step !== undefined && !(/^\d{1,9}$/.test(step) && Number(step) > 0))) {
    return false;
  }
  if (span === '*' || span === '?') return true;
  const ends = span.split('-').map((end) => valueOf(end, field));
  if (ends.length > 2 || ends.includes(undefined)) return false;
  const [from = 0, to = from] = ends;
  return from >= field.min && to <= field.max && from <= to;
}

function valueOf(text: string, field: Field): number | undefined {
  const word = field.words?.indexOf(text.toLowerCase()) ?? -1;
  if (word >= 0) return word + field.min;
  return /^\d+$/.test(text) ? Number(text) : undefined;
}

/** Zones as the IANA database writes them; Kubernetes on Linux reads them as file names, so letter case matters. */
const ZONE = /^(UTC|[A-Z][A-Za-z0-9_+-]*(\/[A-Z][A-Za-z0-9_+-]*){1,2})$/;

/** Reports a time zone that the IANA database does not have. */
export function checkTimeZone(zone: unknown, path: string, log: ProblemLog): void {
  if (typeof zone === 'string' && ZONE.test(zone) && isKnownZone(zone)) return;
  const fix = `Give ${path} as the IANA database writes it, such as 'Europe/Berlin'`;
  log.error('TimeZoneInvalid', `${path} is ${describe(zone)}`, fix);
}

function isKnownZone(timeZone: string): boolean {
  try {
    const { timeZone: known } = new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions();
    // JavaScript overlooks letter case; an alias comes back under another name.
    return known === timeZone || known.toLowerCase() !== timeZone.toLowerCase();
  } catch {
    return false;
  }
}
