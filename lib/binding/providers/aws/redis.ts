import type { ReplicationGroupSpec } from '../../../../imports/elasticache.aws.m.upbound.io';
import type { Provided, Refusal, ServiceRequest } from '../../../backing-service';
import type { Manifest, Plain, RedisModel } from '../../../foundation';
import { externalName } from '../external-name';
import { reachOf } from '../reach';
import { isLarge } from '../standby';
import { retentionDays, type AwsProps } from './account';
import { cloudWatch } from './availability';
import { canonicalSecrets, present } from './canonical-secret';
import { classOf } from './classes';
import { dataMetadata, deletionOf, managed, tagsOf } from './managed-resource';

type Request = ServiceRequest<RedisModel>;

const PORT = 6379;

/** The limit of a replication group's name. @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html */
const NAME = { longest: 40 };

/** It has the commands of Redis up to 7.2, and is cheaper there than Redis. @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/engine-versions.html */
const VALKEY = '8.2';
const NEWEST_REDIS = 7;

/** Valkey on ElastiCache: TLS and a password always, a replica in another zone from size M on, and for durable content at every size. */
export function redisOnAws(
  props: AwsProps,
  request: Request,
): Provided | { readonly refused: readonly Refusal[] } {
  const { name, size, durable } = request.service;
  const nodes = durable || isLarge(size) ? request.instances(2) : 1;
  const refused = check(props, request, nodes);
  if (refused.length > 0) return { refused };
  const identifier = externalName(request, NAME);
  const object = `${name}-redis`;
  return {
    manifests: [
      replicationGroup(props, request, identifier, nodes),
      ...canonicalSecrets(request, [{ name: object, from: sourcesOf(name), keys: KEYS }]),
    ],
    reach: reachOf(props.vpc.cidrs, [PORT]),
    gives: { [`Secret/${object}`]: Object.keys(KEYS) },
    statement: {
      engine: `Valkey ${VALKEY} on Amazon ElastiCache`,
      tls: 'required',
      encryptedAtRest: 'yes',
      backup: durable
        ? `a snapshot a day, ${retentionDays(props)} days; what came since is lost if both nodes are`
        : 'none: its content may be lost',
      highlyAvailable: nodes > 1,
      deletion: deletionOf(request, 'deleted with its snapshots'),
      availability: cloudWatch(
        props,
        'aws_elasticache_cpuutilization_average',
        'CacheClusterId',
        `${identifier}-001`,
      ),
    },
  };
}

const sourcesOf = (name: string) => ({
  host: { secret: `${name}-connection`, key: 'primary_endpoint_address' },
  port: { secret: `${name}-connection`, key: 'port' },
  password: { secret: `${name}-auth-token`, key: TOKEN_KEY },
});

const TOKEN_KEY = 'token';

const KEYS = {
  host: present('host'),
  port: '{{ .port }}',
  address: '{{ .host }}:{{ .port }}',
  username: 'default',
  password: '{{ .password }}',
  tls: 'true',
  uri: 'rediss://:{{ .password | urlquery }}@{{ .host }}:{{ .port }}',
} as const;

function check(
  { vpc }: AwsProps,
  { service: { version, durable } }: Request,
  nodes: number,
): readonly Refusal[] {
  const refused: Refusal[] = [];
  if (vpc.subnetGroups?.elasticache === undefined) {
    const found = 'ElastiCache stands in a cache subnet group, and aws() names none';
    refused.push({ found, fix: 'Give aws() vpc.subnetGroups.elasticache' });
  }
  if (version > NEWEST_REDIS) {
    const found = `it wants the commands of Redis ${version}, and aws() has Valkey ${VALKEY}, with those of Redis ${NEWEST_REDIS} and before`;
    refused.push({ found, fix: 'Use those, or name another provider for it' });
  }
  if (durable && nodes < 2) {
    const found =
      'it is durable, and the environment has room for one node, which is empty when ElastiCache replaces it';
    const fix = 'Name another provider for it, or give the environment room for two';
    refused.push({ found, fix });
  }
  return refused;
}

function replicationGroup(
  props: AwsProps,
  request: Request,
  identifier: string,
  nodes: number,
): Manifest {
  const { name, size, durable } = request.service;
  const group = props.vpc.subnetGroups?.elasticache;
  const spec: Plain<ReplicationGroupSpec> = {
    ...managed(props, request),
    forProvider: {
      region: props.region,
      description: `${request.application} ${name} ${request.environment}`,
      engine: 'valkey',
      engineVersion: VALKEY,
      autoMinorVersionUpgrade: 'true',
      nodeType: classOf(props, 'elasticache', size),
      numCacheClusters: nodes,
      automaticFailoverEnabled: nodes > 1,
      multiAzEnabled: nodes > 1,
      port: PORT,
      ...(group !== undefined && { subnetGroupName: group }),
      securityGroupIds: [...props.vpc.securityGroupIds],
      transitEncryptionEnabled: true,
      atRestEncryptionEnabled: 'true',
      ...(props.kmsKeyArn !== undefined && { kmsKeyId: props.kmsKeyArn }),
      autoGenerateAuthToken: true,
      authTokenSecretRef: { name: `${name}-auth-token`, key: TOKEN_KEY },
      snapshotRetentionLimit: durable ? retentionDays(props) : 0,
      tags: tagsOf(request),
    },
    writeConnectionSecretToRef: { name: `${name}-connection` },
  };
  return {
    apiVersion: 'elasticache.aws.m.upbound.io/v1beta1',
    kind: 'ReplicationGroup',
    metadata: dataMetadata(request, name, identifier),
    spec,
  };
}
