/** A kind of Kubernetes object that rules judge. */
export interface KindFacts {
  /** The API group, empty for the core one. */
  readonly group: string;
  /** The version that admission policies name; the server converts others to it. */
  readonly version: string;
  readonly plural: string;
  /** The fields whose change makes an update worth judging. */
  readonly content: readonly string[];
  /** Whether it stands outside of namespaces, where no namespace label can bind a policy. */
  readonly clusterScoped?: true;
}

const apps = { group: 'apps', version: 'v1', content: ['spec'] } as const;
const batch = { group: 'batch', version: 'v1', content: ['spec'] } as const;
const core = { group: '', version: 'v1' } as const;
const network = { group: 'networking.k8s.io', version: 'v1', content: ['spec'] } as const;
const rbac = { group: 'rbac.authorization.k8s.io', version: 'v1' } as const;

/** Every kind that a rule may name. */
export const kinds = {
  Pod: { ...core, plural: 'pods', content: ['spec'] },
  Deployment: { ...apps, plural: 'deployments' },
  StatefulSet: { ...apps, plural: 'statefulsets' },
  DaemonSet: { ...apps, plural: 'daemonsets' },
  ReplicaSet: { ...apps, plural: 'replicasets' },
  Job: { ...batch, plural: 'jobs' },
  CronJob: { ...batch, plural: 'cronjobs' },
  Service: { ...core, plural: 'services', content: ['spec'] },
  ConfigMap: { ...core, plural: 'configmaps', content: ['data', 'binaryData'] },
  Secret: { ...core, plural: 'secrets', content: ['data', 'type'] },
  ServiceAccount: { ...core, plural: 'serviceaccounts', content: ['automountServiceAccountToken'] },
  Ingress: { ...network, plural: 'ingresses' },
  NetworkPolicy: { ...network, plural: 'networkpolicies' },
  PodDisruptionBudget: {
    group: 'policy',
    version: 'v1',
    plural: 'poddisruptionbudgets',
    content: ['spec'],
  },
  HorizontalPodAutoscaler: {
    group: 'autoscaling',
    version: 'v2',
    plural: 'horizontalpodautoscalers',
    content: ['spec'],
  },
  ScaledObject: {
    group: 'keda.sh',
    version: 'v1alpha1',
    plural: 'scaledobjects',
    content: ['spec'],
  },
  VerticalPodAutoscaler: {
    group: 'autoscaling.k8s.io',
    version: 'v1',
    plural: 'verticalpodautoscalers',
    content: ['spec'],
  },
  ResourceQuota: { ...core, plural: 'resourcequotas', content: ['spec'] },
  HTTPRoute: {
    group: 'gateway.networking.k8s.io',
    version: 'v1',
    plural: 'httproutes',
    content: ['spec'],
  },
  Role: { ...rbac, plural: 'roles', content: ['rules'] },
  ClusterRole: { ...rbac, plural: 'clusterroles', content: ['rules'], clusterScoped: true },
  RoleBinding: { ...rbac, plural: 'rolebindings', content: ['roleRef', 'subjects'] },
  ClusterRoleBinding: {
    ...rbac,
    plural: 'clusterrolebindings',
    content: ['roleRef', 'subjects'],
    clusterScoped: true,
  },
} as const satisfies Readonly<Record<string, KindFacts>>;

/** The name of a kind that rules judge. */
export type RuleKind = keyof typeof kinds;

/** Everything that holds a pod, or the template of one. */
export const podKinds = [
  'Pod',
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'Job',
  'CronJob',
] as const satisfies readonly RuleKind[];

/** The kinds that keep pods running. */
export const serverKinds = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
] as const satisfies readonly RuleKind[];

/** The kind of an object, of whichever version of its group; undefined when no rule judges it. */
export function kindOf({
  apiVersion,
  kind,
}: {
  readonly apiVersion: string;
  readonly kind: string;
}): RuleKind | undefined {
  if (!Object.hasOwn(kinds, kind)) return undefined;
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  return kinds[kind as RuleKind].group === group ? (kind as RuleKind) : undefined;
}
