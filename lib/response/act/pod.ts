import { isBag, isList, isText } from '../../foundation';
import { at, numberAt, type Bag } from './bag';
import type { PodFacts } from './facts';

/** One that is younger may only be starting. */
const GRACE_SECONDS = 600;

/** For how long its startup probes let it begin, with the API server's defaults filled in. */
function startupSeconds(pod: Bag): number {
  const containers = at(pod, 'spec', 'containers');
  const times = (isList(containers) ? containers : [])
    .map((each) => at(each, 'startupProbe'))
    .filter(isBag)
    .map(
      (probe) =>
        numberAt(probe, 'initialDelaySeconds') +
        numberAt(probe, 'periodSeconds') * numberAt(probe, 'failureThreshold'),
    );
  return Math.max(0, ...times);
}

/** What is known of a pod as the API server gives it. */
export function podFacts(pod: Bag): PodFacts {
  const conditions = at(pod, 'status', 'conditions');
  const isReady = isList(conditions)
    ? conditions.some((each) => at(each, 'type') === 'Ready' && at(each, 'status') === 'True')
    : false;
  const found = at(pod, 'status', 'containerStatuses');
  const containers = isList(found) ? found : [];
  const reason = containers
    .map(
      (each) =>
        at(each, 'state', 'waiting', 'reason') ?? at(each, 'lastState', 'terminated', 'reason'),
    )
    .find(isText);
  const [name, created, phase] = [
    at(pod, 'metadata', 'name'),
    at(pod, 'metadata', 'creationTimestamp'),
    at(pod, 'status', 'phase'),
  ];
  return {
    name: isText(name) ? name : '',
    createdAt: isText(created) ? Date.parse(created) / 1000 : 0,
    graceSeconds: Math.max(GRACE_SECONDS, startupSeconds(pod)),
    phase: isText(phase) ? phase : 'Unknown',
    isReady,
    isTerminating: at(pod, 'metadata', 'deletionTimestamp') !== undefined,
    restarts: Math.max(0, ...containers.map((each) => numberAt(each, 'restartCount'))),
    ...(reason !== undefined && { reason }),
  };
}
