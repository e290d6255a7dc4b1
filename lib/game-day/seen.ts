import type { Experiment } from './experiment';
import type { Gathered, Measured } from './gathered';

/** Of a time, what samples have to be there of for it to be known: less is a hole in which anything may have been. */
export const SEEN_SHARE = 0.9;

/** A time, in seconds since 1970. */
export interface Phase {
  readonly from: number;
  readonly to: number;
}

/**
 * The share of a time of which there are samples, from 0 to 1. Each point stands for half a step before and after it.
 * @param points - sorted, on a grid of one step
 */
export function seenShare(
  points: readonly Measured[],
  { from, to }: Phase,
  stepSeconds: number,
): number {
  if (to <= from) return 0;
  // The places of points are rounded to milliseconds.
  const half = stepSeconds / 2 + 0.001;
  let [seen, last] = [0, from];
  for (const { at, value } of points) {
    if (Number.isNaN(value)) continue;
    const end = Math.min(to, at + half);
    seen += Math.max(0, end - Math.max(last, at - half));
    last = Math.max(last, end);
  }
  return seen / (to - from);
}

/** Whether there are samples over nearly all of a time. */
export const isSeen = (
  points: readonly Measured[],
  phase: Phase,
  { stepSeconds }: Pick<Gathered, 'stepSeconds'>,
): boolean => seenShare(points, phase, stepSeconds) >= SEEN_SHARE;

/** Whether the rules were evaluated over nearly all of a time: without, no alert means nothing. */
export const isWatched = (gathered: Gathered, phase: Phase): boolean =>
  isSeen(gathered.presence.points, phase, gathered);

/** Why nothing is known of a time, as the end of "But …": the rules were evaluated in a part of it alone. */
export function unseenText(gathered: Gathered, phase: Phase): string {
  const { presence, stepSeconds } = gathered;
  const share = seenShare(presence.points, phase, stepSeconds);
  return `there are samples of ${Math.floor(share * 100)} % of that time alone`;
}

/** While the fault was there. */
export const faultOf = ({ began, ended }: Gathered): Phase => ({ from: began, to: ended });

/**
 * The time after a fault, of which it is asked whether something still pages. A rehearsal ends it as soon as it has been quiet for long
 * enough; nobody does so for an environment.
 */
export function afterOf(
  { recoversWithinSeconds }: Experiment['expects'],
  { ended, until, factor, rehearsed }: Gathered,
): Phase {
  const limit = ended + recoversWithinSeconds / factor;
  return { from: ended, to: rehearsed ? Math.min(until, limit) : limit };
}
