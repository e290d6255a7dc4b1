import type { BrokerSpec } from '../../../../imports/mq.aws.m.upbound.io';
import type { Provided, Refusal, ServiceRequest } from '../../../backing-service';
import type { Manifest, Plain, RabbitMqModel } from '../../../foundation';
import { externalName } from '../external-name';
import { generatedSecret, passwordGenerator } from '../generated-password';
import { topology } from '../rabbitmq-topology';
import { reachOf } from '../reach';
import { isLarge } from '../standby';
import type { AwsProps } from './account';
import { cloudWatch } from './availability';
import { canonicalSecrets, present, whenKnown } from './canonical-secret';
import { classOf } from './classes';
import { dataMetadata, deletionOf, managed, tagsOf } from './managed-resource';

type Request = ServiceRequest<RabbitMqModel>;

const PORT = 5671;

/** The limit of a broker's name. @see https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/amazon-mq-limits.html */
const NAME = { longest: 50 };

/** @see https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/rabbitmq-4.html */
const RABBITMQ = '4.2';

/** A cluster has three nodes, no more and no fewer. */
const CLUSTER = 3;

/** The user by which the topology operator works; workloads have one of their own. */
const ADMIN = 'operator';

/** Clients declare queues that are there already, for which RabbitMQ asks the right to configure. */
const ALL = '.*';

const HOST = `{{ .endpoint | trimPrefix "amqps://" | trimSuffix ":${PORT}" }}`;

const KEYS = {
  host: `${whenKnown('endpoint')}${HOST}`,
  port: `${PORT}`,
  username: '{{ .username }}',
  password: '{{ .password }}',
  vhost: '/',
  tls: 'true',
  connection_string: `amqps://{{ .username }}:{{ .password | urlquery }}@${HOST}:${PORT}`,
} as const;

/** RabbitMQ on Amazon MQ: TLS alone, one node, or from size M on a cluster over three zones; the topology by its operator. */
export function rabbitmqOnAws(
  props: AwsProps,
  request: Request,
): Provided | { readonly refused: readonly Refusal[] } {
  const { name, size } = request.service;
  const isCluster = isLarge(size) && request.instances(CLUSTER) >= CLUSTER;
  const refused = check(props, isCluster);
  if (refused.length > 0) return { refused };
  const brokerName = externalName(request, NAME);
  const object = `${name}-default-user`;
  return {
    manifests: manifestsOf(
      props,
      request,
      { brokerName, isCluster, admin: `${name}-admin` },
      object,
    ),
    reach: reachOf(props.vpc.cidrs, [PORT]),
    gives: { [`Secret/${object}`]: Object.keys(KEYS) },
    statement: {
      engine: `RabbitMQ ${RABBITMQ} on Amazon MQ`,
      tls: 'required',
      encryptedAtRest: 'yes',
      backup: isCluster
        ? 'none: quorum queues have copies on three nodes'
        : 'none: messages are in one broker',
      highlyAvailable: isCluster,
      deletion: deletionOf(request, 'deleted with its messages'),
      availability: cloudWatch(props, 'aws_amazonmq_message_count_average', 'Broker', brokerName),
    },
  };
}

function manifestsOf(
  props: AwsProps,
  request: Request,
  facts: BrokerFacts,
  object: string,
): readonly Manifest[] {
  const { name } = request.service;
  const { admin } = facts;
  const user = `${name}-user`;
  const management = `${name}-management`;
  return [
    ...users(request, { [admin]: ADMIN, [user]: name }),
    broker(props, request, facts),
    ...canonicalSecrets(request, [
      mapped(object, KEYS, { endpoint: 'instance_0_endpoint_0' }, name, user),
      mapped(management, MANAGEMENT, { console: 'instance_0_console_url' }, name, admin),
    ]),
    // Pruning follows a change of the topology; what is in a queue has the queue's own policy.
    ...topology(request.service, request.labels, {
      reference: { connectionSecret: { name: management } },
      user,
      permissions: { configure: ALL, write: ALL, read: ALL },
    }),
  ];
}

/** Secrets of users with a password each, by the name of the Secret. */
function users(request: Request, usernames: Readonly<Record<string, string>>): readonly Manifest[] {
  const generator = `${request.service.name}-password`;
  // An owner would take the only copy of the password along.
  const creationPolicy = request.service.deletionPolicy === 'retain' ? 'Orphan' : 'Owner';
  return [
    passwordGenerator(dataMetadata(request, generator)),
    ...Object.entries(usernames).map(([secret, username]) =>
      generatedSecret(dataMetadata(request, secret), generator, {
        keys: { username, password: '{{ .password }}' },
        creationPolicy,
      }),
    ),
  ];
}

const MANAGEMENT = {
  uri: present('console'),
  username: '{{ .username }}',
  password: '{{ .password }}',
} as const;

/** A Secret of a user, with what Crossplane writes of the broker. */
const mapped = (
  object: string,
  keys: Readonly<Record<string, string>>,
  ofBroker: Readonly<Record<string, string>>,
  id: string,
  user: string,
) => ({
  name: object,
  from: {
    ...Object.fromEntries(
      Object.entries(ofBroker).map(([variable, key]) => [
        variable,
        { secret: `${id}-connection`, key },
      ]),
    ),
    username: { secret: user, key: 'username' },
    password: { secret: user, key: 'password' },
  },
  keys,
});

function check({ vpc: { subnetIds = [] } }: AwsProps, isCluster: boolean): readonly Refusal[] {
  const fix = 'Give aws() vpc.subnetIds, private ones in different zones';
  if (subnetIds.length === 0) {
    return [{ found: 'Amazon MQ stands in subnets, and aws() names none', fix }];
  }
  if (isCluster && subnetIds.length < 2) {
    return [{ found: 'its nodes stand in different zones, and aws() names one subnet', fix }];
  }
  return [];
}

interface BrokerFacts {
  readonly brokerName: string;
  readonly isCluster: boolean;
  readonly admin: string;
}

// Amazon MQ makes up the ID of a broker, so there is no external name to give.
function broker(
  props: AwsProps,
  request: Request,
  { brokerName, isCluster, admin }: BrokerFacts,
): Manifest {
  const { name, size } = request.service;
  const { vpc, kmsKeyArn } = props;
  const subnetIds = vpc.subnetIds ?? [];
  const spec: Plain<BrokerSpec> = {
    ...managed(props, request),
    forProvider: {
      region: props.region,
      brokerName,
      engineType: 'RabbitMQ',
      engineVersion: RABBITMQ,
      autoMinorVersionUpgrade: true,
      hostInstanceType: classOf(props, 'mq', size),
      deploymentMode: isCluster ? 'CLUSTER_MULTI_AZ' : 'SINGLE_INSTANCE',
      publiclyAccessible: false,
      subnetIds: isCluster ? [...subnetIds] : subnetIds.slice(0, 1),
      securityGroups: [...vpc.securityGroupIds],
      encryptionOptions:
        kmsKeyArn === undefined
          ? { useAwsOwnedKey: true }
          : { useAwsOwnedKey: false, kmsKeyId: kmsKeyArn },
      logs: { general: true },
      user: [{ username: ADMIN, passwordSecretRef: { name: admin, key: 'password' } }],
      tags: tagsOf(request),
    },
    writeConnectionSecretToRef: { name: `${name}-connection` },
  };
  return {
    apiVersion: 'mq.aws.m.upbound.io/v1beta1',
    kind: 'Broker',
    metadata: dataMetadata(request, name),
    spec,
  };
}
