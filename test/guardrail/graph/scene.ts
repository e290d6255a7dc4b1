import type { ApplicationModel, EnvironmentModel, Manifest } from '../../../lib/foundation';
import type { GraphRule, Scene } from '../../../lib/guardrail';

type Bag = Readonly<Record<string, unknown>>;

const VERSIONS: Readonly<Record<string, string>> = {
  Certificate: 'cert-manager.io/v1',
  CronJob: 'batch/v1',
  DaemonSet: 'apps/v1',
  Deployment: 'apps/v1',
  ExternalSecret: 'external-secrets.io/v1',
  HTTPRoute: 'gateway.networking.k8s.io/v1',
  HorizontalPodAutoscaler: 'autoscaling/v2',
  Job: 'batch/v1',
  NetworkPolicy: 'networking.k8s.io/v1',
  PodDisruptionBudget: 'policy/v1',
  ReplicaSet: 'apps/v1',
  Rollout: 'argoproj.io/v1alpha1',
  ScaledObject: 'keda.sh/v1alpha1',
  SealedSecret: 'bitnami.com/v1alpha1',
  StatefulSet: 'apps/v1',
  VerticalPodAutoscaler: 'autoscaling.k8s.io/v1',
};

/** An object of a kind, in its usual version. */
export const object = (kind: string, name: string, fields: Bag = {}): Manifest => ({
  apiVersion: VERSIONS[kind] ?? 'v1',
  kind,
  metadata: { name },
  ...fields,
});

/** An object that has nothing but a spec. */
export const withSpec = (kind: string, name: string, spec: Bag): Manifest =>
  object(kind, name, { spec });

/** The labels by which everything here is selected. */
export const labelled = (name: string) => ({ matchLabels: { app: name } });

/** A pod template with one container, or as it is given. */
export const template = (name: string, podSpec: Bag = {}) => ({
  metadata: { labels: { app: name } },
  spec: { containers: [{ name, image: 'example/app:1' }], ...podSpec },
});

/** A workload of any kind but CronJob, whose pods have the label `app` with its name. */
export function workload(kind: string, name: string, podSpec: Bag = {}, spec: Bag = {}): Manifest {
  if (kind !== 'Pod') return withSpec(kind, name, { ...spec, template: template(name, podSpec) });
  const { metadata, spec: pod } = template(name, podSpec);
  return { ...withSpec('Pod', name, pod), metadata: { ...metadata, name } };
}

export const deployment = (name: string, podSpec: Bag = {}, spec: Bag = {}): Manifest =>
  workload('Deployment', name, podSpec, spec);

export const cronJob = (name: string, podSpec: Bag = {}, job: Bag = {}): Manifest =>
  withSpec('CronJob', name, {
    jobTemplate: { spec: { ...job, template: template(name, podSpec) } },
  });

/** An autoscaler of a Deployment of the same name. */
export const autoscaler = (name: string, minReplicas: unknown, maxReplicas: unknown): Manifest =>
  withSpec('HorizontalPodAutoscaler', name, {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
    minReplicas,
    maxReplicas,
  });

/** A ScaledObject of KEDA for a Deployment of the same name. */
export const scaledObject = (name: string, spec: Bag = {}): Manifest =>
  withSpec('ScaledObject', name, { scaleTargetRef: { name }, ...spec });

/** A budget for the pods of one workload. */
export const budget = (name: string, spec: Bag): Manifest =>
  withSpec('PodDisruptionBudget', name, { selector: labelled(name), ...spec });

interface Bounds {
  readonly min: number;
  readonly max: number;
}

/** A scene that a platform bound, with the scale that a team declared and the bounds that the environment made of it. */
export function bound(
  objects: readonly Manifest[],
  scales: Readonly<Record<string, { readonly declared: Bounds; readonly here: Bounds }>> = {},
): Scene {
  const entries = Object.entries(scales);
  const model: Partial<ApplicationModel> = {
    application: 'shop',
    workloads: entries.map(([name, { declared }]) => ({
      name,
      kind: 'web-service',
      path: `shop/${name}`,
      selector: labelled(name).matchLabels,
      containers: [],
      scale: { ...declared, targetCpuPercent: 70 },
      settings: [],
      secrets: [],
    })),
  };
  const environment: Partial<EnvironmentModel> = {
    name: 'dev',
    replicas: Object.fromEntries(entries.map(([name, { here }]) => [name, here])),
  };
  return {
    objects,
    model: model as ApplicationModel,
    environment: environment as EnvironmentModel,
  };
}

/** What a rule finds, each with the object. */
export const findings = (rule: GraphRule, scene: Scene | readonly Manifest[]): readonly string[] =>
  rule
    .judge('objects' in scene ? scene : { objects: scene })
    .map((finding) => `${finding.object.kind}/${finding.object.metadata.name}: ${finding.found}`);
