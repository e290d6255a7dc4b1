import { createHash } from 'node:crypto';
import type { Membership } from '../environment';
import type { Container, JobSpec, Manifest, Volume } from '../foundation';
import { checkImage, containerSecurityContext, podSecurityContext, stockUser } from '../workload';
import { policyManifest } from '../network';
import { bindingLog, boundLabels, type Binding, type Bound } from './bound';
import { serviceAccount } from './service-account';
import { settingValues } from './settings';

/** Not the application's labels: its policies would shut the Job off from the API server. */
const POD_LABELS = { 'golden-path/restart': 'true' };
type Labels = Readonly<Record<string, string>>;
/** Pods get the name of their Job as a label. */
const LONGEST = 63;
const JOB_SECONDS = 600;

/** Where clients look for what the kubelet mounts on its own. */
const TOKEN_PATH = '/var/run/secrets/kubernetes.io/serviceaccount';
/** The token by a volume of its own: it lives as long as the Job, which nobody can say of the one that is mounted unasked. */
const TOKEN: Volume = {
  name: 'token',
  projected: {
    defaultMode: 0o440,
    sources: [
      { serviceAccountToken: { path: 'token', expirationSeconds: JOB_SECONDS } },
      { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
    ],
  },
};

/**
 * Restarts what reads settings when they change, where Reloader is missing. The Job is named by the settings' hash, so it runs once for
 * each change. It is no workload of the team: it and what it may do are the environment's.
 */
export function bindRestart(bound: Bound): Binding {
  const { environment, phaseOne, workloads } = bound;
  const readers = workloads.filter(
    ({ scale, settings }) => scale !== undefined && settings.length > 0,
  );
  if (environment.has('reloader') || readers.length === 0) return { manifests: [] };
  const image = environment.props.restartImage;
  const log = bindingLog(bound, readers[0]);
  if (image === undefined) {
    const found = 'it has settings, and nothing would restart it when they change';
    const fix = "Give the environment the capability 'reloader', or a restartImage with kubectl";
    log.error('RestartUnavailable', found, fix);
    return { manifests: [], problems: log.problems };
  }
  checkImage(image, 'restartImage', log);
  const names = readers.map(({ name }) => name);
  const values = readers.map((workload) => [workload.name, settingValues(bound, workload)]);
  const account = `${phaseOne.application}-restart`;
  const spec = jobSpec(account, image, names, environment.props.mesh?.outside);
  const hash = createHash('sha256')
    .update(JSON.stringify([values, spec]))
    .digest('hex')
    .slice(0, 8);
  const labels = {
    ...boundLabels(bound),
    'app.kubernetes.io/name': account,
    'app.kubernetes.io/instance': account,
  };
  return {
    manifests: [
      network(account, bound),
      ...permissions(account, names, bound),
      job(`${account.slice(0, LONGEST - hash.length - 1)}-${hash}`, labels, spec),
    ],
    problems: log.problems,
  };
}

const job = (name: string, labels: Labels, spec: JobSpec): Manifest => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name, labels },
  spec,
});

function jobSpec(
  account: string,
  image: string,
  names: readonly string[],
  outside: Membership | undefined,
): JobSpec {
  return {
    // Patient: on a first apply the Deployments come after it.
    backoffLimit: 6,
    activeDeadlineSeconds: JOB_SECONDS,
    // No ttlSecondsAfterFinished: a reconciler would find it missing and run it again for ever.
    template: {
      // Nothing of ours calls it or is called: a proxy would only keep it from ending.
      metadata: {
        labels: { ...POD_LABELS, ...outside?.labels },
        ...(outside?.annotations && { annotations: outside.annotations }),
      },
      spec: {
        serviceAccountName: account,
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        restartPolicy: 'Never',
        securityContext: podSecurityContext(stockUser),
        containers: [kubectl(image, names)],
        volumes: [{ name: 'tmp', emptyDir: { sizeLimit: '16Mi' } }, TOKEN],
      },
    },
  };
}

function kubectl(image: string, names: readonly string[]): Container {
  return {
    name: 'restart',
    image,
    imagePullPolicy: 'IfNotPresent',
    command: [
      'kubectl',
      'rollout',
      'restart',
      '--namespace=$(NAMESPACE)',
      // The one manager whose changes Flux does not take back.
      '--field-manager=flux-client-side-apply',
      ...names.map((name) => `deployment/${name}`),
    ],
    env: [
      { name: 'HOME', value: '/tmp' },
      { name: 'NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } },
    ],
    resources: {
      requests: { cpu: '50m', memory: '128Mi', 'ephemeral-storage': '64Mi' },
      limits: { cpu: '1', memory: '128Mi', 'ephemeral-storage': '64Mi' },
    },
    securityContext: containerSecurityContext(stockUser),
    volumeMounts: [
      { name: 'tmp', mountPath: '/tmp' },
      { name: 'token', mountPath: TOKEN_PATH, readOnly: true },
    ],
  };
}

/** Nobody calls the Job. Where the API server is differs too much between clusters to say, so it may call anywhere. */
const network = (account: string, bound: Bound): Manifest =>
  policyManifest(account, boundLabels(bound), {
    podSelector: { matchLabels: POD_LABELS },
    policyTypes: ['Ingress', 'Egress'],
    egress: [{}],
  });

/** Exactly these Deployments may be read and restarted. */
function permissions(account: string, names: readonly string[], bound: Bound): readonly Manifest[] {
  const metadata = { name: account, labels: boundLabels(bound) };
  const rbac = 'rbac.authorization.k8s.io';
  return [
    serviceAccount(metadata, bound.environment),
    {
      apiVersion: `${rbac}/v1`,
      kind: 'Role',
      metadata,
      rules: [
        {
          apiGroups: ['apps'],
          resources: ['deployments'],
          resourceNames: names,
          verbs: ['get', 'patch'],
        },
      ],
    },
    {
      apiVersion: `${rbac}/v1`,
      kind: 'RoleBinding',
      metadata,
      roleRef: { apiGroup: rbac, kind: 'Role', name: account },
      // No namespace: kustomize fills in the one of its set.
      subjects: [{ kind: 'ServiceAccount', name: account }],
    },
  ];
}
