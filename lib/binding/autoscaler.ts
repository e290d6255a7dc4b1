import type { Bounds } from '../environment';
import { describe, type HorizontalPodAutoscalerSpec, type Manifest } from '../foundation';
import type { WorkloadModel } from '../foundation';
import { bindingLog, workloadLabels, type Binding, type Bound } from './bound';

/** The replica bounds of a workload here; undefined for what does not scale. */
export function replicaBounds(bound: Bound, workload: WorkloadModel): Bounds | undefined {
  const { scale } = workload;
  // Inverted bounds are reported with the workload.
  if (!scale || !isUsable(scale)) return undefined;
  return bound.environment.props.capacity.bounds({ min: scale.min, max: scale.max });
}

/** The autoscalers. Where one replica is all, there is none: it would only complain about missing metrics. */
export function bindAutoscalers(bound: Bound): Binding {
  const manifests: Manifest[] = [];
  const problems = bound.workloads.flatMap((workload) => {
    const bounds = replicaBounds(bound, workload);
    if (!bounds) return [];
    const log = bindingLog(bound, workload);
    if (!isUsable(bounds)) {
      const fix = 'Let capacity return whole numbers with 1 <= min <= max';
      log.error('EnvironmentInvalid', `capacity gives the bounds ${describe(bounds)}`, fix);
    } else if (bounds.max > 1) {
      manifests.push(autoscaler(bound, workload, bounds));
    }
    return log.problems;
  });
  return { manifests, problems };
}

const isUsable = ({ min, max }: Bounds): boolean =>
  Number.isInteger(min) && Number.isInteger(max) && min >= 1 && min <= max;

function autoscaler(bound: Bound, workload: WorkloadModel, bounds: Bounds): Manifest {
  const spec: HorizontalPodAutoscalerSpec = {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: workload.name },
    minReplicas: bounds.min,
    maxReplicas: bounds.max,
    metrics: [
      {
        // The main container alone: the average over the pod would include injected sidecars.
        type: 'ContainerResource',
        containerResource: {
          name: 'cpu',
          container: workload.name,
          target: {
            type: 'Utilization',
            averageUtilization: workload.scale?.targetCpuPercent ?? 70,
          },
        },
      },
    ],
  };
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: workload.name, labels: workloadLabels(bound, workload) },
    spec,
  };
}
