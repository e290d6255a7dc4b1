import type { Bounds } from '../environment';
import {
  describe,
  type HorizontalPodAutoscalerSpec,
  type Manifest,
  type WorkloadModel,
} from '../foundation';
import { bindingLog, workloadLabels, type Binding, type Bound } from './bound';
import { boundsFor, isScaledByKeda, isUsable, needsKeda, replicaBounds } from './replicas';
import { scaledObject } from './scaled-object';

/** The autoscalers. Where one replica is all, there is none: it would only complain about missing metrics. */
export function bindAutoscalers(bound: Bound): Binding {
  const bindings = bound.workloads.map((workload) => scaler(bound, workload));
  return {
    manifests: bindings.flatMap(({ manifests }) => manifests),
    problems: bindings.flatMap(({ problems }) => problems ?? []),
  };
}

/** The one autoscaler of a workload: KEDA makes a HorizontalPodAutoscaler of its own, and two would undo each other's work. */
function scaler(bound: Bound, workload: WorkloadModel): Binding {
  const { environment } = bound;
  const { scale } = workload;
  if (!scale) return { manifests: [] };
  const log = bindingLog(bound, workload);
  const bounds = replicaBounds(bound, workload);
  if (!bounds || !isUsable(boundsFor(bound, scale))) {
    const found = `capacity gives the bounds ${describe(boundsFor(bound, scale))}`;
    const fix = 'Let capacity return whole numbers with 1 <= min <= max';
    log.error('EnvironmentInvalid', found, fix);
    return { manifests: [], problems: log.problems };
  }
  if (isScaledByKeda(bound, workload)) return scaledObject(bound, workload, bounds);
  if (scale.on && needsKeda(workload, bounds) && !environment.props.omits?.keda) {
    const found = `it scales on messages of ${scale.on.service}, and the environment has no KEDA`;
    const fix =
      "Give the environment the capability 'keda', or a reason in omits.keda: it then scales on CPU, and never to zero";
    log.error('KedaMissing', found, fix);
    return { manifests: [], problems: log.problems };
  }
  return { manifests: bounds.max > 1 ? [autoscaler(bound, workload, bounds)] : [] };
}

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
