import type { Experiment } from '../experiment';
import type { Facts } from './facts';
import { requestObjectives } from './timing';

/** Pages wait for at least ten bad events; twice as many leave room for those that arrive late. */
const ENOUGH_EVENTS = 20;

/**
 * What has to be asked of a service while a fault goes on: enough that its alerts could fire in the time that they are predicted to take, and
 * at least one request in a second. The first of some services of which requests are counted.
 */
export function tryTraffic(
  facts: Facts,
  services: readonly string[],
): NonNullable<Experiment['traffic']> | undefined {
  for (const service of services) {
    const workload = facts.tryWorkload(service);
    const objectives = workload ? requestObjectives(workload) : [];
    if (objectives.length === 0) continue;
    const burns = objectives.flatMap(({ detection }) =>
      detection.filter(({ severity }) => severity === 'page').map(({ burnSeconds }) => burnSeconds),
    );
    const least = Math.min(...burns, ENOUGH_EVENTS);
    return { service, perSecond: Math.ceil(ENOUGH_EVENTS / Math.max(least, 1)) };
  }
  return undefined;
}
