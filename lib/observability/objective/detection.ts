import type { AlertSeverity, DetectionModel } from '../../foundation';
import {
  budgetOf,
  DERIVED,
  factor,
  threshold,
  WINDOW_PAIRS,
  WINDOWS,
  type WindowPair,
} from './burn';
import { rounded } from '../duration';

/** How long it may take at the longest until something is seen, in seconds. */
export interface Timing {
  readonly scrapeSeconds: number;
  readonly evaluationSeconds: number;
  /** How long Alertmanager waits for further alerts of the group. */
  readonly groupWaitSeconds: number;
}

/** How often tickets, and what is recorded for them, are evaluated: nobody waits for them. */
export const SLOW_SECONDS = 120;

/** The seconds over which the shortest recording looks back. */
const SHORTEST = WINDOWS['5m'];

/** What an indicator counts: events, or the time in which something is not as it should be. */
export type SliKind = 'events' | 'time';

/**
 * How long it takes until a pair burns, from the first error on; undefined when it never does.
 * @param errorRatio - the share of bad events, from 0 to 1
 */
export function burnSeconds(
  pair: WindowPair,
  objective: number,
  errorRatio: number,
  sli: SliKind = 'events',
): number | undefined {
  if (errorRatio <= threshold(pair, objective)) return undefined;
  const full = (WINDOWS[pair.long] * factor(pair) * budgetOf(objective)) / errorRatio;
  return rounded(sli === 'events' && DERIVED.includes(pair.long) ? lagged(full) : full);
}

/** A window that averages averages of five minutes sees an outage come up slowly: until they are full, half as much has arrived. */
const lagged = (seconds: number): number =>
  seconds <= SHORTEST / 2 ? Math.sqrt(2 * SHORTEST * seconds) : seconds + SHORTEST / 2;

/** How long it takes until the first pair of a severity burns; undefined when none ever does. */
export function timeToBurn(
  severity: AlertSeverity,
  objective: number,
  errorRatio: number,
  sli: SliKind = 'events',
): number | undefined {
  const times = WINDOW_PAIRS.filter((pair) => pair.severity === severity).flatMap(
    (pair) => burnSeconds(pair, objective, errorRatio, sli) ?? [],
  );
  return times.length === 0 ? undefined : Math.min(...times);
}

/** The extents of failure for which the model tells how long it takes. What is late is late as a whole. */
const ERROR_RATIOS: Readonly<Record<SliKind, readonly number[]>> = {
  events: [1, 0.1, 0.02],
  time: [1],
};

/**
 * The predicted time to detect of an objective: `long window x factor x budget / error ratio`, and what passes between an error and a
 * message at the longest.
 * @param objective - in percent
 */
export function detection(
  objective: number,
  timing: Timing,
  sli: SliKind = 'events',
): readonly DetectionModel[] {
  return (['page', 'ticket'] as const).flatMap((severity) =>
    ERROR_RATIOS[sli].flatMap((errorRatio): readonly DetectionModel[] => {
      const burn = timeToBurn(severity, objective, errorRatio, sli);
      if (burn === undefined) return [];
      const seconds = rounded(burn + delay(severity, timing));
      return [{ severity, errorRatio, burnSeconds: burn, seconds }];
    }),
  );
}

const delay = (severity: AlertSeverity, timing: Timing): number =>
  timing.scrapeSeconds +
  timing.evaluationSeconds +
  // It is evaluated once more, in case what it depends on is seen to fail.
  (severity === 'page' ? timing.evaluationSeconds : 0) +
  // Tickets rest on recordings of the fast group.
  (severity === 'ticket' ? SLOW_SECONDS : 0) +
  timing.groupWaitSeconds;
