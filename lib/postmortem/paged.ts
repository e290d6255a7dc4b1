import type { ReplayedAlert } from '../replay';
import { momentOf, spanOf } from './words';

/** How soon today's rules page, held against how soon they have to. In seconds. */
export interface Paged {
  readonly began: number;
  readonly withinSeconds: number;
  /** How long after the begin; absent where they do not. */
  readonly afterSeconds?: number;
  readonly isInTime: boolean;
}

/** Looks for the first page that begins with the incident: one that fired already long before tells nobody of it. */
export function pagedIn(
  replayed: readonly ReplayedAlert[],
  began: number,
  withinSeconds: number,
  uncertaintySeconds: number,
): Paged {
  const begins = replayed
    .flatMap(({ firings }) => firings.map(({ from }) => from))
    .filter((from) => from >= began - uncertaintySeconds);
  const first = begins.reduce((a, b) => Math.min(a, b), Infinity);
  const afterSeconds = Math.max(0, first - began);
  return {
    ...{ began, withinSeconds, isInTime: afterSeconds <= withinSeconds },
    ...(Number.isFinite(first) && { afterSeconds }),
  };
}

/** The same in a sentence. */
export function pagedText({ began, withinSeconds, afterSeconds, isInTime }: Paged): string {
  const begin = `the begin at ${momentOf(began)}`;
  const limit = spanOf(withinSeconds);
  if (afterSeconds === undefined) {
    return `Today's rules do not page within ${limit} of ${begin}, nor later.`;
  }
  const verdict = isInTime ? `within ${limit}` : `later than ${limit}`;
  return `Today's rules page ${spanOf(afterSeconds)} after ${begin}: ${verdict}.`;
}
