import type { WorkloadModel } from '../../foundation';
import type { InputSeries } from './input';
import type { Happening, Happenings } from './places';
import { always, from, sample, type Value } from './since';

/** What may happen to a workload as a whole. */
export interface WorkloadStory extends Happenings {
  readonly alert: string;
  readonly what: string;
  readonly leadSeconds?: number;
}

/** Series by metric, each with its value by how many seconds ago the fault began. */
type Values = Readonly<Record<string, Value>>;

/** Series with the same labels. */
export const told =
  (labels: Readonly<Record<string, string>>, values: Values): Happening =>
  (namespace, timeline): readonly InputSeries[] =>
    Object.entries(values).map(([metric, value]) =>
      sample(metric, { namespace, ...labels }, timeline, value),
    );

/** Several at once. */
export const together =
  (...happenings: readonly Happening[]): Happening =>
  (namespace, timeline) =>
    happenings.flatMap((happening) => happening(namespace, timeline));

/** The stories of the alerts of what runs until it is replaced, whether it has these alerts or not. */
export const deploymentStories = (workload: WorkloadModel): readonly WorkloadStory[] => [
  replicasMissing(workload),
  rolloutStuck(workload),
  atMaximum(workload),
];

function replicasMissing({ name: deployment }: WorkloadModel): WorkloadStory {
  const replicas = (available: number, updated: Value): Happening =>
    told(
      { deployment },
      {
        kube_deployment_spec_replicas: always(3),
        kube_deployment_status_replicas_available: from(3, available),
        kube_deployment_status_replicas_updated: updated,
      },
    );
  return {
    alert: 'WorkloadReplicasMissing',
    what: 'two of three replicas are not ready',
    fault: replicas(1, always(3)),
    healthy: replicas(3, always(3)),
    // New pods come up all the time.
    lookalike: replicas(1, (since) => 100 + since / 60),
  };
}

function rolloutStuck({ name: deployment }: WorkloadModel): WorkloadStory {
  const progressing = (stuck: number): Happening =>
    together(
      ...(['false', 'true'] as const).map((status) =>
        told(
          { deployment, condition: 'Progressing', status },
          {
            kube_deployment_status_condition:
              status === 'false' ? from(0, stuck) : from(1, 1 - stuck),
          },
        ),
      ),
    );
  return {
    alert: 'WorkloadRolloutStuck',
    what: 'its new pods are not ready within the deadline',
    fault: progressing(1),
    healthy: progressing(0),
  };
}

function atMaximum({ name, scale }: WorkloadModel): WorkloadStory {
  const horizontalpodautoscaler = scale?.on ? `keda-hpa-${name}` : name;
  const replicas = (current: number, least: number): Happening =>
    told(
      { horizontalpodautoscaler },
      {
        kube_horizontalpodautoscaler_status_current_replicas: from(least, current),
        kube_horizontalpodautoscaler_spec_max_replicas: always(10),
        kube_horizontalpodautoscaler_spec_min_replicas: always(least),
      },
    );
  return {
    alert: 'WorkloadAtMaximumScale',
    what: 'runs all replicas that it may have',
    fault: replicas(10, 2),
    healthy: replicas(9, 2),
    // An environment with room for one bound.
    lookalike: replicas(10, 10),
  };
}
