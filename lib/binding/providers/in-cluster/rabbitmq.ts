import type { RabbitmqClusterSpec } from '../../../../imports/rabbitmq.com';
import type { PodDemand, Provided, ServiceRequest, Supply } from '../../../backing-service';
import type { Manifest, Plain, RabbitMqModel, ServiceStatement } from '../../../foundation';
import { podMonitor } from '../../../observability';
import { topology, withDeadLetters, type Broker } from '../rabbitmq-topology';
import { isLarge } from '../standby';
import { rabbitmqClaims } from './claims';
import {
  callersWay,
  classNamed,
  deletionText,
  hostOf,
  ingressPolicy,
  kept,
  keptBy,
  made,
  podsIn,
  podsOf,
  RESTRICTED,
  RESTRICTED_POD,
} from './made';
import type { Options } from './options';
import { aroundPassword, password } from './password';
import { apart, imagePullSecrets, metadataAs } from './pods';
import { resourcesOf, rungOf } from './sizes';

type Request = ServiceRequest<RabbitMqModel>;

const PORT = 5672;
/** The HTTP API, by which the topology operator declares. */
const MANAGEMENT_PORT = 15_672;
const METRICS_PORT = 15_692;

/** What the operator gives its init container. */
const SETUP = {
  requests: { cpu: '100m', memory: '500Mi' },
  limits: { cpu: '100m', memory: '500Mi' },
} as const;

/** The operator names a Secret `<cluster>-default-user`, which is the broker's administrator: the cluster must have another name. */
const clusterNamed = (name: string): string => `${name}-broker`;

/**
 * RabbitMQ by its cluster operator, and what the team declared by the messaging topology operator.
 * @see https://www.rabbitmq.com/kubernetes/operator/operator-overview
 */
export const rabbitmqIn =
  (options: Options): Supply<RabbitMqModel> =>
  (request) => {
    const { service, labels } = request;
    const { name, deletionPolicy } = service;
    const cluster = clusterNamed(name);
    // A quorum of two would stop when one of them does.
    const replicas = request.instances(isLarge(service.size) ? 3 : 1) < 3 ? 1 : 3;
    const spec = clusterSpec(request, options, replicas);
    const provided: Provided = {
      manifests: [
        ...keptBy(deletionPolicy, [
          ...password(request),
          made('rabbitmq.com/v1beta1', 'RabbitmqCluster', cluster, labels, spec),
          policy(request, options, cluster),
        ]),
        ...user(request, cluster),
        ...topology(service, labels, brokerOf(service, cluster)).map((manifest) =>
          manifest.kind === 'Queue' && deletionPolicy === 'retain' ? kept(manifest) : manifest,
        ),
        ...monitor(request, cluster),
      ],
      claims: rabbitmqClaims(name, cluster),
      demand: [demand(request, options, replicas)],
      reach: [{ to: [podsOf(podLabels(cluster))], ports: [PORT] }],
      gives: {
        [`Secret/${name}-default-user`]: [
          'connection_string',
          'host',
          'password',
          'port',
          'tls',
          'username',
          'vhost',
        ],
      },
      statement: statement(request, replicas),
    };
    return provided;
  };

const demand = ({ service }: Request, { sizes }: Options, replicas: number): PodDemand => ({
  pods: replicas,
  initContainers: [{ resources: SETUP }],
  containers: [{ resources: resourcesOf(rungOf(service.size, sizes)) }],
});

const podLabels = (cluster: string): Readonly<Record<string, string>> => ({
  'app.kubernetes.io/name': cluster,
});

/** The vhost `/` is written out in a URL: left out, clients differ in what they take. */
function user(request: Request, cluster: string): readonly Manifest[] {
  const { name } = request.service;
  const host = hostOf(cluster, request);
  return aroundPassword(request, `${name}-default-user`, {
    host,
    port: String(PORT),
    username: name,
    password: '{{ .password }}',
    vhost: '/',
    tls: 'false',
    connection_string: `amqp://${name}:{{ .password }}@${host}:${PORT}/%2F`,
  });
}

function clusterSpec(
  request: Request,
  { sizes, storageClass, images }: Options,
  replicas: number,
): Plain<RabbitmqClusterSpec> {
  const rung = rungOf(request.service.size, sizes);
  return {
    replicas,
    ...(images?.rabbitmq !== undefined && { image: images.rabbitmq }),
    ...imagePullSecrets(request),
    persistence: {
      storage: rung.storage,
      ...classNamed('storageClassName', storageClass),
    },
    resources: resourcesOf(rung),
    ...(replicas > 1 && { affinity: apart(podLabels(clusterNamed(request.service.name))) }),
    // What comes in stops before the disk is full; the operator's own 2 GB would be half of a small one.
    rabbitmq: { additionalConfig: 'disk_free_limit.absolute = 1GB\n' },
    // The operator's own is a week, so that a pod can hold the drain of its node up for as long.
    terminationGracePeriodSeconds: 600,
    override: { statefulSet: { spec: { template: template(request) } } },
  };
}

const template = (request: Request) => ({
  ...metadataAs('metadata', request),
  spec: {
    securityContext: RESTRICTED_POD,
    initContainers: [{ name: 'setup-container', securityContext: RESTRICTED }],
    containers: [{ name: 'rabbitmq', securityContext: RESTRICTED }],
  },
});

/**
 * The user has no tags, so nothing of the broker's management. It may `configure`, because most clients declare again what they use; a
 * declaration that differs is refused by the broker. They bind again too, and a binding asks to write to its queue and to read from its
 * exchange. It may write to the default exchange, because that is how a message goes straight to a queue.
 * @see https://www.rabbitmq.com/docs/access-control#authorisation
 */
function brokerOf(service: RabbitMqModel, cluster: string): Broker {
  const queues = withDeadLetters(service).map(({ name }) => name);
  const exchanges = service.exchanges.map(({ name }) => name);
  return {
    reference: { name: cluster },
    user: `${service.name}-default-user`,
    permissions: {
      configure: anyOf([...queues, ...exchanges]),
      write: anyOf(['amq.default', ...exchanges, ...queues]),
      read: anyOf([...queues, ...exchanges]),
    },
  };
}

/** Names as a regular expression; nothing at all when there are none. */
function anyOf(names: readonly string[]): string {
  if (names.length === 0) return '^$';
  const literal = [...names].sort().map((name) => name.replaceAll('.', '\\.'));
  return `^(${literal.join('|')})$`;
}

/** Erlang picks ports between the instances. */
function policy(request: Request, { operators }: Options, cluster: string): Manifest {
  const { service, labels, metrics } = request;
  const pods = podLabels(cluster);
  return ingressPolicy(`${service.name}-ingress`, labels, pods, [
    callersWay(request, [PORT]),
    { from: [podsOf(pods)] },
    { from: [podsIn(operators.rabbitmq)], ports: [MANAGEMENT_PORT] },
    { from: metrics, ports: [METRICS_PORT] },
  ]);
}

function monitor({ service, labels, monitored }: Request, cluster: string): readonly Manifest[] {
  const port = { portName: 'prometheus', path: '/metrics', interval: '30s' };
  const { name } = service;
  return monitored ? [podMonitor({ name, labels, selector: podLabels(cluster), ...port })] : [];
}

function statement({ service, namespace }: Request, replicas: number): ServiceStatement {
  return {
    engine: 'RabbitMQ by its cluster operator',
    tls: 'none',
    encryptedAtRest: 'by the storage class',
    backup: 'none: messages are on their way',
    highlyAvailable: replicas > 1,
    deletion: deletionText(service.deletionPolicy),
    availability: {
      exporter: "RabbitMQ's own",
      metric: 'rabbitmq_identity_info',
      labels: { namespace, rabbitmq_cluster: clusterNamed(service.name) },
      means: 'present',
    },
  };
}
