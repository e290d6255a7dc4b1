import { tryPromSeconds } from '../../replay';
import { describe } from '../../foundation';
import type { Range } from '../../prometheus';
import { momentText } from './span';
import { UsageError } from '../exit-code';
import { momentIn } from '../moment';

/** Which time is replayed, as the command line has it. */
export interface TimeArguments {
  readonly days: string;
  readonly step: string;
  readonly until?: string;
}

const DAY = 86_400;
const MOST_DAYS = 90;
const [LEAST_STEP, MOST_STEP] = [15, 3600] as const;

/** Reads which time is replayed. Without an end it is now: nothing else reads a clock. @throws UsageError */
export function rangeOf({ days, step, until }: TimeArguments): Range {
  const count = Number(/^(\d{1,3})d?$/.exec(days)?.[1] ?? NaN);
  if (!(count >= 1 && count <= MOST_DAYS)) {
    throw new UsageError(
      `--days is ${describe(days)}. Give whole days from 1 to ${MOST_DAYS}, such as 30.`,
    );
  }
  const each = tryPromSeconds(step) ?? NaN;
  if (!(each >= LEAST_STEP && each <= MOST_STEP && Number.isInteger(each))) {
    throw new UsageError(
      `--step is ${describe(step)}. Give a duration from 15s to 1h, such as 5m.`,
    );
  }
  // Whatever the moment of the run: so two runs look at the same points.
  const end = Math.floor(endOf(until) / each) * each;
  return { start: end - Math.floor((count * DAY) / each) * each, end, step: each };
}

function endOf(until: string | undefined): number {
  const now = Date.now() / 1000;
  if (until === undefined) return now;
  const such = 'a day or a time in UTC, such as 2026-11-20 or 2026-11-20T14:30Z';
  const end = momentIn('--until', until, such);
  if (end <= now) return end;
  throw new UsageError(
    `--until is ${momentText(end)}, which is still to come. Give a time that is over, or leave it out.`,
  );
}
