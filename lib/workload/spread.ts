import type { Spread } from './pod';

/**
 * Zones by topology spread, hosts by anti-affinity: both preferences, because a hard rule leaves pods pending on a cluster with one zone
 * or one free node. Linters ask for one or the other; Kubernetes weighs both.
 * kube-score and kube-linter ask for the second, Polaris for the first.
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/
 */
export function spread(selector: Readonly<Record<string, string>>): Spread {
  return {
    constraints: [
      {
        maxSkew: 1,
        topologyKey: 'topology.kubernetes.io/zone',
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector: { matchLabels: selector },
        // Counts only pods of the same revision, so that a rolling update ends up even (beta and on since 1.27).
        matchLabelKeys: ['pod-template-hash'],
      },
    ],
    affinity: {
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          {
            weight: 100,
            podAffinityTerm: {
              topologyKey: 'kubernetes.io/hostname',
              labelSelector: { matchLabels: selector },
            },
          },
        ],
      },
    },
  };
}
