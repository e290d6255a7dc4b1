import type { DeploymentSpec, Manifest } from '../foundation';
import { podTemplate, type PodFacts } from './pod';
import { startupBudgetSeconds } from './probes';
import type { Workload } from './workload';

/** Room for a node to be provisioned and the image to be pulled before the start itself. */
const SCHEDULING_SECONDS = 300;

/**
 * A Deployment without `replicas`: the environment's autoscaler owns that number, and a manifest that states it resets it on each release.
 */
export function deployment(workload: Workload): Manifest {
  const spec: DeploymentSpec = {
    selector: { matchLabels: workload.selector },
    // Ten, because a reload of settings adds a revision too, and a rollback must find the release before it.
    revisionHistoryLimit: 10,
    progressDeadlineSeconds: startSeconds(workload.pod) + SCHEDULING_SECONDS,
    // Never fewer pods than before: naiserator's choice for a national platform.
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: '25%' } },
    template: podTemplate(workload.pod),
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: workload.name,
      labels: workload.pod.labels,
      // Inert without Reloader; with it, pods restart when a ConfigMap or Secret marked `match` changes.
      annotations: { 'reloader.stakater.com/search': 'true' },
    },
    spec,
  };
}

/** Sidecars start one after the other, and the main container after them. */
function startSeconds({ before, main }: PodFacts): number {
  const sidecars = before.filter(({ role, probes }) => role === 'sidecar' && probes.startup);
  return [...sidecars, main]
    .map(({ probes }) => startupBudgetSeconds(probes))
    .reduce((sum, seconds) => sum + seconds, 0);
}
