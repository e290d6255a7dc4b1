import type { AlertSeverity } from '../../foundation';
import { WINDOW_PAIRS, WINDOWS } from '../objective/burn';
import { burnSeconds, timeToBurn } from '../objective/detection';
import { sliKind, type Objective } from '../objective/objective';

export const HOUR = 3600;
/** Pages look back hours, tickets days. */
export const FAST = { step: 120, samples: 120 } as const;
export const SLOW = { step: HOUR / 2, samples: 120 } as const;
/** By how much a step may miss the predicted time: steps are not seconds, and Prometheus 3 leaves out the first sample of a window. */
export const MARGIN = 0.05;

/**
 * When the fault begins. With too little before it a long window would be a short one, and its pair would burn sooner than it should; and
 * what has always waited is late from the start.
 */
export function faultAt(severity: AlertSeverity, objective: Objective, share: number): number {
  const { objective: percentage, indicator } = objective;
  const sli = sliKind(objective);
  const time = timeToBurn(severity, percentage, share, sli) ?? 0;
  const needed = WINDOW_PAIRS.filter((pair) => pair.severity === severity).map((pair) => {
    const own = burnSeconds(pair, percentage, share, sli);
    return own === undefined ? 0 : time * (WINDOWS[pair.long] / own - 1);
  });
  const history = Math.max(HOUR, ...needed) * (1 + 2 * MARGIN);
  const waits = indicator.kind === 'freshness' ? indicator.staleness.lookbackSeconds : 0;
  const { step } = severity === 'page' ? FAST : SLOW;
  return Math.ceil(Math.max(history, waits) / step) * step;
}
