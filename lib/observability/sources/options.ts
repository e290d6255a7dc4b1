import { isBag, isText } from '../../foundation';
import type { Timing } from '../objective/detection';
import { trySeconds } from '../duration';
import type { SignalSource } from '../objective/signal';

/** What all sources of signals may be told. */
export interface SignalOptions {
  /** How often metrics are scraped, for the predicted time to detect. @default '30s' - what our PodMonitors say */
  readonly scrapeInterval?: string;
  /** How often the rules that page are evaluated. @default '30s' - twice as often as most: half a minute of an outage is worth it */
  readonly evaluationInterval?: string;
  /** How long Alertmanager waits for more alerts of a group. @default '30s' - Alertmanager's own */
  readonly groupWait?: string;
  /**
   * How many bad events it takes, within the long window of a pair, until anybody is told.
   * @default 10 - one error in twenty requests a night is no outage
   */
  readonly minimumBadEvents?: number;
}

const STOCK_SECONDS = 30;

/** The facts that all sources have. What is wrong in the options is left as NaN, for the check of the platform to report. */
export function facts(given: SignalOptions): Pick<SignalSource, 'timing' | 'minimumBadEvents'> {
  const options: Readonly<Record<string, unknown>> = isBag(given) ? given : {};
  const seconds = (value: unknown): number =>
    value === undefined ? STOCK_SECONDS : (isText(value) && trySeconds(value)) || NaN;
  const timing: Timing = {
    scrapeSeconds: seconds(options.scrapeInterval),
    evaluationSeconds: seconds(options.evaluationInterval),
    groupWaitSeconds: seconds(options.groupWait),
  };
  return { timing, minimumBadEvents: (options.minimumBadEvents ?? 10) as number };
}
