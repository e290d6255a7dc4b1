import { isBag } from '../../foundation';
import { graphRule, type Scene, type SceneFinding } from '../rule';
import { bagsAt, countAt, valueAt, type Bag } from './fields';
import { isSidecar, workloadsOf } from './pods';

/** Kubernetes' own. */
const STOCK_DEADLINE_SECONDS = 600;
const STOCK_PERIOD_SECONDS = 10;
const STOCK_FAILURES = 3;

/** @see https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#progress-deadline-seconds */
export const startupBeforeProgressDeadline = graphRule({
  id: 'startup-before-progress-deadline',
  severity: 'error',
  pack: 'golden-path',
  kinds: ['Deployment'],
  judge,
  why: 'A rollout that is given up while its pods are still allowed to start is reported as failed for nothing.',
  fix: 'Shorten health.startup, or raise progressDeadlineSeconds above the longest start',
});

function judge(scene: Scene): readonly SceneFinding[] {
  return workloadsOf(scene).flatMap(({ object, kind, spec, podSpec }) => {
    if (kind !== 'Deployment') return [];
    const deadline = countAt(spec, 'progressDeadlineSeconds', STOCK_DEADLINE_SECONDS);
    const ready = countAt(spec, 'minReadySeconds', 0);
    const start = podStartSeconds(podSpec);
    if (deadline === undefined || ready === undefined || start + ready < deadline) return [];
    const found = `a start may take ${start + ready} s, and the rollout is given up after ${deadline} s`;
    return [{ object, found }];
  });
}

/** Sidecars start one after the other, then all containers at once. */
function podStartSeconds(podSpec: Bag): number {
  const sidecars = bagsAt(podSpec, 'initContainers').filter(isSidecar).map(startupSeconds);
  const containers = bagsAt(podSpec, 'containers').map(startupSeconds);
  return sidecars.reduce((sum, seconds) => sum + seconds, 0) + Math.max(0, ...containers);
}

/** How long a container may take until it is restarted, or started. */
function startupSeconds(container: Bag): number {
  const probe = valueAt(container, 'startupProbe');
  if (!isBag(probe)) return 0;
  const delay = countAt(probe, 'initialDelaySeconds', 0);
  const period = countAt(probe, 'periodSeconds', STOCK_PERIOD_SECONDS);
  const failures = countAt(probe, 'failureThreshold', STOCK_FAILURES);
  return (delay ?? 0) + (period ?? 0) * (failures ?? 0);
}
