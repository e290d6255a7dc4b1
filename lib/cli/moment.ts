import type { Span } from '../evidence';
import { describe, tryMoment } from '../foundation';
import { UsageError } from './exit-code';

const SUCH = 'a time in UTC, such as 2026-11-20T14:30Z';

/** Reads a time, or the begin of a day. @throws UsageError */
export function momentIn(option: string, text: string, such = SUCH): number {
  const at = tryMoment(text);
  if (at !== undefined) return at;
  throw new UsageError(`${option} is ${describe(text)}. Give ${such}.`);
}

/** What a command needs of the time between `--from` and `--to`. */
export interface SpanBounds {
  /** In seconds since 1970. */
  readonly now: number;
  /** How long it may be. */
  readonly mostSeconds: number;
  /** The same in words, before `apart`. */
  readonly most: string;
  /** What to do about a time that is not over, and about one that is too long. */
  readonly whenToCome: string;
  readonly whenLong: string;
}

/** Reads a time that is over. @throws UsageError */
export function spanIn(
  { from, to }: { readonly from: string; readonly to: string },
  { now, mostSeconds, most, whenToCome, whenLong }: SpanBounds,
): Span {
  const [start, end] = [momentIn('--from', from), momentIn('--to', to)];
  if (end <= start) {
    throw new UsageError(`--to is ${describe(to)}, which is not after --from. Give the later one.`);
  }
  if (end > now) {
    throw new UsageError(`--to is ${describe(to)}, which is still to come. ${whenToCome}`);
  }
  if (end - start > mostSeconds) {
    throw new UsageError(`--from and --to are more than ${most} apart. ${whenLong}`);
  }
  return { start, end };
}
