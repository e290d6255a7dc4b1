import type { RedisInstanceSpec } from '../../../../imports/redis.cnrm.cloud.google.com';
import type { Provided, ServiceRequest, Supply } from '../../../backing-service';
import type { Manifest, RedisModel, ServiceSize, ServiceStatement } from '../../../foundation';
import { externalName } from '../external-name';
import { reachOf } from '../reach';
import { wantsStandby } from '../standby';
import { gcpDeletion, gcpMetadata, wants, type GcpProps, type GcpSpec } from './account';
import { connectionSecret } from './connection-secret';
import { statusStore, statusStoreName } from './status-store';

const GROUP = 'redis.cnrm.cloud.google.com';
const GIGABYTES: Readonly<Record<ServiceSize, number>> = { XS: 1, S: 1, M: 4, L: 10, XL: 20 };
/** The port of Memorystore with TLS. */
const PORT = 6378;
/** @see https://cloud.google.com/memorystore/docs/redis/reference/rest/v1/projects.locations.instances */
const VERSIONS: ReadonlyMap<number, string> = new Map([
  [5, 'REDIS_5_0'],
  [6, 'REDIS_6_X'],
  [7, 'REDIS_7_2'],
]);
const NAME = { longest: 40 };

/** Redis by Memorystore: by private services access, with TLS and AUTH. */
export const gcpRedis =
  (props: GcpProps): Supply<RedisModel> =>
  (request) => {
    const { version } = request.service;
    const redisVersion = VERSIONS.get(version);
    if (redisVersion !== undefined) return memorystore(props, request, redisVersion);
    const known = [...VERSIONS.keys()].join(', ');
    const fix = `Write a version of ${known}, or name another provider for redis`;
    return { refused: [{ found: wants(`Redis ${version}`, known), fix }] };
  };

function memorystore(
  props: GcpProps,
  request: ServiceRequest<RedisModel>,
  redisVersion: string,
): Provided {
  const { service, labels } = request;
  const name = `${service.name}-redis`;
  const store = statusStoreName(request);
  // Before version 6 there are no users.
  const keys = { ...(service.version >= 6 && { username: 'default' }), ...KEYS };
  const fetched = [
    { name: 'host', store, key: 'host' },
    { name: 'port', store, key: 'port' },
    { name: 'ca', store, key: 'serverCaCerts[0].cert' },
    { name: 'password', store, key: 'observedState.authString' },
  ];
  return {
    manifests: [
      redisInstance(props, request, redisVersion),
      ...statusStore(request, { group: GROUP, version: 'v1beta1', plural: 'redisinstances' }),
      connectionSecret({ name, labels, fetched, keys }),
    ],
    reach: reachOf(props.services, [PORT]),
    gives: { [`Secret/${name}`]: Object.keys(keys) },
    statement: statementOf(props, request),
  };
}

function statementOf(props: GcpProps, request: ServiceRequest<RedisModel>): ServiceStatement {
  const { service } = request;
  const instance = externalName(request, NAME);
  return {
    engine: `Redis ${service.version} by Memorystore`,
    tls: 'required',
    encryptedAtRest: 'yes',
    backup: service.durable
      ? 'a snapshot every hour, from which it restarts; older ones are not kept'
      : 'none: a cache may be empty',
    highlyAvailable: wantsStandby(request),
    deletion: gcpDeletion(service.deletionPolicy, `the instance ${instance}`),
    availability: {
      exporter: 'stackdriver_exporter',
      metric: 'stackdriver_redis_instance_redis_googleapis_com_server_uptime',
      labels: {
        instance_id: `projects/${props.project}/locations/${props.region}/instances/${instance}`,
      },
      means: 'positive',
    },
  };
}

/** The AUTH string is a UUID and needs no escaping. */
const KEYS: Readonly<Record<string, string>> = {
  host: '{{ .host }}',
  port: '{{ .port }}',
  address: '{{ .host }}:{{ .port }}',
  uri: 'rediss://:{{ .password }}@{{ .host }}:{{ .port }}',
  password: '{{ .password }}',
  tls: 'true',
  'ca.crt': '{{ .ca }}',
};

function redisInstance(
  props: GcpProps,
  request: ServiceRequest<RedisModel>,
  redisVersion: string,
): Manifest {
  const { size, durable } = request.service;
  const spec: GcpSpec<RedisInstanceSpec> = {
    resourceID: externalName(request, NAME),
    region: props.region,
    tier: wantsStandby(request) ? 'STANDARD_HA' : 'BASIC',
    memorySizeGb: GIGABYTES[size],
    redisVersion,
    authEnabled: true,
    transitEncryptionMode: 'SERVER_AUTHENTICATION',
    connectMode: 'PRIVATE_SERVICE_ACCESS',
    authorizedNetworkRef: { external: props.network },
    redisConfigs: { 'maxmemory-policy': durable ? 'noeviction' : 'allkeys-lru' },
    persistenceConfig: durable
      ? { persistenceMode: 'RDB', rdbSnapshotPeriod: 'ONE_HOUR' }
      : { persistenceMode: 'DISABLED' },
  };
  const metadata = gcpMetadata(props, request);
  return { apiVersion: `${GROUP}/v1beta1`, kind: 'RedisInstance', metadata, spec };
}
