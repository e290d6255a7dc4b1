import type { ServiceRequest } from '../../../backing-service';
import type {
  Container,
  Manifest,
  PodSpec,
  Probe,
  RedisModel,
  StatefulSetSpec,
} from '../../../foundation';
import { containerSecurityContext, podSecurityContext, stockUser } from '../../../workload';
import { STOCK_IMAGES } from './images';
import { classNamed } from './made';
import type { Options } from './options';
import { imagePullSecrets } from './pods';
import { shareOf, type Rung } from './sizes';

export const VALKEY_PORT = 6379;
/** The entry of the Secret with Valkey's users. */
export const ACL_KEY = 'users.acl';
const CONFIG = '/etc/valkey';
const DATA = '/data';
/** Of the memory; a fork that rewrites the log and the buffers of clients live in the rest. */
const SHARE = 0.7;

export const valkeySelector = (application: string, name: string): Record<string, string> => ({
  'app.kubernetes.io/name': name,
  'app.kubernetes.io/part-of': application,
});

/** One Valkey. A StatefulSet even without a volume, because two of them at once would be two truths. */
export function statefulSet(
  request: ServiceRequest<RedisModel>,
  rung: Rung,
  options: Options,
): Manifest {
  const { service, labels, application, pods } = request;
  const { name, durable, deletionPolicy } = service;
  const spec: StatefulSetSpec = {
    serviceName: name,
    replicas: 1,
    selector: { matchLabels: valkeySelector(application, name) },
    updateStrategy: { type: 'RollingUpdate' },
    template: {
      metadata: {
        labels: { ...labels, ...pods.labels },
        annotations: { ...pods.annotations, 'kubectl.kubernetes.io/default-container': 'valkey' },
      },
      spec: podSpec(request, rung, options),
    },
    ...(durable && {
      persistentVolumeClaimRetentionPolicy: {
        whenDeleted: deletionPolicy === 'delete' ? 'Delete' : 'Retain',
        whenScaled: 'Retain',
      },
      volumeClaimTemplates: [claim(rung, options)],
    }),
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    // A new password reaches Valkey by a restart.
    metadata: { name, labels, annotations: { 'reloader.stakater.com/search': 'true' } },
    spec,
  };
}

/** With all that the API server fills in, or each apply would change it. */
const claim = (
  { storage }: Rung,
  { storageClass }: Options,
): NonNullable<StatefulSetSpec['volumeClaimTemplates']>[number] => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'data' },
  spec: {
    accessModes: ['ReadWriteOnce'],
    ...classNamed('storageClassName', storageClass),
    volumeMode: 'Filesystem',
    resources: { requests: { storage } },
  },
});

function podSpec(request: ServiceRequest<RedisModel>, rung: Rung, { images }: Options): PodSpec {
  const { service } = request;
  const { name, durable } = service;
  return {
    ...imagePullSecrets(request),
    serviceAccountName: name,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: podSecurityContext(stockUser),
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 60,
    containers: [valkey(service, rung, images?.valkey ?? STOCK_IMAGES.valkey)],
    volumes: [
      {
        name: 'users',
        secret: {
          secretName: `${name}-redis`,
          items: [{ key: ACL_KEY, path: ACL_KEY }],
          defaultMode: 0o440,
        },
      },
      ...(durable ? [] : [{ name: 'data', emptyDir: { sizeLimit: '100Mi' } }]),
    ],
  };
}

/** What it takes. */
export const valkeyResources = ({ cpu, memory }: Rung) =>
  ({
    requests: { cpu, memory, 'ephemeral-storage': '256Mi' },
    limits: { cpu: '2', memory, 'ephemeral-storage': '256Mi' },
  }) as const;

function valkey({ durable }: RedisModel, rung: Rung, image: string): Container {
  return {
    name: 'valkey',
    image,
    imagePullPolicy: 'IfNotPresent',
    command: ['valkey-server'],
    args: [
      ...['--aclfile', `${CONFIG}/${ACL_KEY}`],
      ...['--dir', DATA],
      ...['--maxmemory', `${shareOf(rung, SHARE)}mb`],
      // What must last is never thrown away: a write fails instead.
      ...['--maxmemory-policy', durable ? 'noeviction' : 'allkeys-lru'],
      ...['--appendonly', durable ? 'yes' : 'no'],
      ...['--save', ''],
    ],
    ports: [{ name: 'redis', containerPort: VALKEY_PORT, protocol: 'TCP' }],
    startupProbe: { ...ping, periodSeconds: 2, failureThreshold: 150 },
    readinessProbe: { ...ping, periodSeconds: 5, failureThreshold: 3 },
    livenessProbe: {
      tcpSocket: { port: 'redis' },
      timeoutSeconds: 3,
      periodSeconds: 10,
      failureThreshold: 6,
    },
    resources: valkeyResources(rung),
    securityContext: containerSecurityContext(stockUser),
    volumeMounts: [
      { name: 'users', mountPath: CONFIG, readOnly: true },
      { name: 'data', mountPath: DATA },
    ],
  };
}

const ping: Probe = {
  exec: {
    command: [
      'valkey-cli',
      '-e',
      '--no-auth-warning',
      ...['--user', 'probe', '--pass', 'probe'],
      'ping',
    ],
  },
  timeoutSeconds: 3,
};
