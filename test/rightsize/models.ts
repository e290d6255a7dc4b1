import type {
  ApplicationModel,
  ContainerModel,
  EnvironmentModel,
  WorkloadModel,
} from '../../lib/foundation';

/** A container that requests cores and memory. */
export const container = (
  name: string,
  cpu: string,
  memory: string,
  more: Partial<ContainerModel> = {},
): ContainerModel => ({
  name,
  role: 'main',
  image: 'x/y:1',
  requests: { cpu, memory, 'ephemeral-storage': '200Mi' },
  limits: { memory },
  ...more,
});

/** A workload as the model has it. */
export const workload = (
  name: string,
  containers: readonly ContainerModel[],
  more: Partial<WorkloadModel> = {},
): WorkloadModel => ({
  name,
  kind: 'web-service',
  path: `shop/${name}`,
  selector: {},
  containers,
  settings: [],
  secrets: [],
  ...more,
});

/** An environment as the model has it. */
export const environment = (
  name: string,
  replicas: EnvironmentModel['replicas'],
  more: Partial<EnvironmentModel> = {},
): EnvironmentModel => ({
  name,
  stage: name,
  signals: name,
  namespace: `shop-${name}`,
  files: ['application'],
  objects: [],
  omits: {},
  replicas,
  hostnames: {},
  settings: {},
  services: {},
  identities: {},
  ...more,
});

/** An application as the model has it. */
export const model = (
  application: string,
  workloads: readonly WorkloadModel[],
  environments: readonly EnvironmentModel[],
  more: Partial<ApplicationModel> = {},
): ApplicationModel => ({
  application,
  owner: 'team-a',
  digests: {},
  workloads,
  services: [],
  edges: [],
  objects: [],
  waivers: [],
  environments,
  ...more,
});
