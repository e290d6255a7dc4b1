import type { Manifest, PodDisruptionBudgetSpec } from '../foundation';
import type { Workload } from './workload';

/**
 * A quarter may be gone at a time. It rounds up, so a drain proceeds at every replica count, and forty replicas do not drain one by one.
 * Pods that are not ready may always be evicted, or a crash loop blocks the node's drain.
 * @see https://kubernetes.io/docs/tasks/run-application/configure-pdb/
 */
export function podDisruptionBudget(workload: Workload): Manifest {
  const spec: PodDisruptionBudgetSpec = {
    maxUnavailable: '25%',
    selector: { matchLabels: workload.selector },
    unhealthyPodEvictionPolicy: 'AlwaysAllow',
  };
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: workload.name, labels: workload.labels },
    spec,
  };
}
