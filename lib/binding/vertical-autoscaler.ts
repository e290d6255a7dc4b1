import type { VerticalPodAutoscalerSpec } from '../../imports/autoscaling.k8s.io';
import type { LowerRequests } from '../environment';
import {
  quantityNanos,
  type ContainerModel,
  type Manifest,
  type Plain,
  type WorkloadModel,
} from '../foundation';
import { workloadLabels, type Binding, type Bound } from './bound';
import { isScaledByKeda, replicaBounds } from './replicas';

type Spec = Plain<VerticalPodAutoscalerSpec>;
type ContainerPolicy = NonNullable<
  NonNullable<Spec['resourcePolicy']>['containerPolicies']
>[number];
type Resource = 'cpu' | 'memory';

/** Less than this no server runs in. What a container declares below it, it keeps. */
const FLOOR: Readonly<Record<Resource, string>> = { cpu: '10m', memory: '32Mi' };

/** A VerticalPodAutoscaler for each Deployment, where the environment lowers requests. */
export function bindVerticalAutoscalers(bound: Bound): Binding {
  const { lowerRequests } = bound.environment.props;
  if (!lowerRequests) return { manifests: [] };
  return {
    manifests: bound.workloads
      .filter(({ scale }) => scale !== undefined)
      .map((workload) => verticalAutoscaler(bound, workload, lowerRequests)),
  };
}

function verticalAutoscaler(
  bound: Bound,
  workload: WorkloadModel,
  { updateMode = 'Initial' }: LowerRequests,
): Manifest {
  const { name } = workload;
  const resources = controlled(bound, workload);
  const spec: Spec = {
    targetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
    updatePolicy: {
      updateMode,
      // The updater's own 2 would pass over what is alone, as everything is in a small environment.
      ...(updateMode !== 'Initial' && { minReplicas: 1 }),
    },
    resourcePolicy: {
      containerPolicies: [
        ...workload.containers
          .filter(({ role }) => role !== 'init')
          .map((container) => containerPolicy(container, resources)),
        // Injected containers, and init containers, which are over before anybody could measure them.
        { containerName: '*', mode: 'Off' },
      ],
    },
  };
  return {
    apiVersion: 'autoscaling.k8s.io/v1',
    kind: 'VerticalPodAutoscaler',
    metadata: { name, labels: workloadLabels(bound, workload) },
    spec,
  };
}

/** An autoscaler that aims for a use of requested CPU would follow a request that is lowered, and have more replicas. */
function controlled(bound: Bound, workload: WorkloadModel): readonly Resource[] {
  const bounds = replicaBounds(bound, workload);
  const scalesOnCpu = bounds !== undefined && bounds.max > 1 && !isScaledByKeda(bound, workload);
  return scalesOnCpu ? ['memory'] : ['cpu', 'memory'];
}

function containerPolicy(
  { name, requests }: ContainerModel,
  resources: readonly Resource[],
): ContainerPolicy {
  const declared = (resource: Resource): string => requests[resource] ?? FLOOR[resource];
  const amounts = (of: (resource: Resource) => string): Record<string, string> =>
    Object.fromEntries(resources.map((resource) => [resource, of(resource)]));
  return {
    containerName: name,
    mode: 'Auto',
    controlledResources: resources,
    controlledValues: 'RequestsOnly',
    minAllowed: amounts((resource) => smaller(FLOOR[resource], declared(resource))),
    maxAllowed: amounts(declared),
  };
}

const smaller = (a: string, b: string): string =>
  (quantityNanos(a) ?? 0n) < (quantityNanos(b) ?? 0n) ? a : b;
