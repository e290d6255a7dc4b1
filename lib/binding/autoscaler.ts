import type { Bounds } from '../environment';
import {
  describe,
  isBag,
  type HorizontalPodAutoscalerSpec,
  type Manifest,
  type ScaleModel,
  type WorkloadModel,
} from '../foundation';
import { bindingLog, workloadLabels, type Binding, type Bound } from './bound';

/** The replica bounds of a workload here; undefined for what does not scale. */
export function replicaBounds(bound: Bound, workload: WorkloadModel): Bounds | undefined {
  const given = workload.scale && boundsFor(bound, workload.scale);
  return isUsable(given) ? { min: given.min, max: given.max } : undefined;
}

/** What the environment's capacity says: a function of the platform team's, which may return anything. */
const boundsFor = ({ environment }: Bound, { min, max }: ScaleModel): unknown =>
  environment.props.capacity.bounds({ min, max });

/** The autoscalers. Where one replica is all, there is none: it would only complain about missing metrics. */
export function bindAutoscalers(bound: Bound): Binding {
  const manifests: Manifest[] = [];
  const problems = bound.workloads.flatMap((workload) => {
    if (!workload.scale) return [];
    const bounds = boundsFor(bound, workload.scale);
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

/** More than a Deployment can count. */
const TOO_MANY = 2 ** 31;

function isUsable(value: unknown): value is Bounds {
  if (!isBag(value)) return false;
  const { min, max } = value as { readonly min: number; readonly max: number };
  return Number.isInteger(min) && Number.isInteger(max) && min >= 1 && min <= max && max < TOO_MANY;
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
