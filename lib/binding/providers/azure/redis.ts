import type { RedisSpec, RedisSpecSku } from '../../../../imports/cache.azure.com';
import type {
  PrivateEndpointSpec,
  PrivateEndpointsPrivateDnsZoneGroupSpec,
} from '../../../../imports/network.azure.com';
import type { Provided, Refusal, ServiceRequest, Supply } from '../../../backing-service';
import type {
  Manifest,
  Plain,
  RedisModel,
  ServiceSize,
  ServiceStatement,
} from '../../../foundation';
import { mappedSecrets } from '../mapped-secrets';
import { reachOf } from '../reach';
import { wantsStandby } from '../standby';
import {
  azureDeletion,
  azureMetadata,
  azureName,
  groupOf,
  withoutNetwork,
  type AzureNetwork,
  type AzureProps,
} from './account';

/** The newest of Azure Cache for Redis. */
const VERSION = 6;
/** The port with TLS, the only one. */
const PORT = 6380;
/** Capacities of the family C: 250 MB, 1, 2.5, 6 and 13 GB. */
const CAPACITY: Readonly<Record<ServiceSize, number>> = { XS: 0, S: 1, M: 2, L: 3, XL: 4 };
const KEY = 'primaryKey';
const NETWORK_API = 'network.azure.com/v1api20240301';

/** Redis by Azure Cache for Redis, at a private endpoint. */
export const azureRedis =
  (props: AzureProps): Supply<RedisModel> =>
  (request) => {
    const { redis: network } = props;
    const refused = [
      ...checkContract(request.service),
      ...(network ? [] : [withoutNetwork('redis', 'subnet for its private endpoint')]),
    ];
    return network && refused.length === 0 ? provide(props, request, network) : { refused };
  };

const checkContract = ({ version, durable }: RedisModel): readonly Refusal[] => [
  ...(version === VERSION
    ? []
    : [
        {
          found: `it wants Redis ${version}, and azure() has ${VERSION}`,
          fix: `Write version: ${VERSION}, or name another provider for redis`,
        },
      ]),
  ...(durable
    ? [
        {
          found: 'it is durable, and azure() has Redis without persistence',
          fix: 'Write durable: false, or name another provider for redis',
        },
      ]
    : []),
];

function provide(
  props: AzureProps,
  request: ServiceRequest<RedisModel>,
  network: AzureNetwork,
): Provided {
  const { service } = request;
  const cache = azureName(props, request);
  const host = `${cache}.redis.cache.windows.net`;
  const accessKeys = `${service.name}-access-keys`;
  const name = `${service.name}-redis`;
  const keys = {
    host,
    port: String(PORT),
    address: `${host}:${PORT}`,
    uri: `rediss://:{{ .password | urlquery }}@${host}:${PORT}`,
    username: 'default',
    password: '{{ .password }}',
    tls: 'true',
  };
  const from = { password: { secret: accessKeys, key: KEY } };
  return {
    manifests: [
      redis(props, request, accessKeys),
      ...privateEndpoint(props, request, network),
      ...mappedSecrets(accessKeys, request, [{ name, from, keys }]),
    ],
    reach: reachOf([network.cidr], [PORT]),
    gives: { [`Secret/${name}`]: Object.keys(keys) },
    statement: statementOf(request, cache),
  };
}

function statementOf(request: ServiceRequest, cache: string): ServiceStatement {
  return {
    engine: `Redis ${VERSION} by Azure Cache for Redis`,
    tls: 'required',
    encryptedAtRest: 'not known here',
    backup: 'none: a cache may be empty',
    highlyAvailable: wantsStandby(request),
    deletion: azureDeletion(request.service.deletionPolicy, `the cache ${cache}`),
    availability: {
      exporter: 'azure_exporter of Grafana Alloy',
      metric: 'azure_microsoft_cache_redis_connectedclients_maximum_count',
      labels: { resourceName: cache },
      means: 'present',
    },
  };
}

function redis(
  props: AzureProps,
  request: ServiceRequest<RedisModel>,
  accessKeys: string,
): Manifest {
  const sku: Plain<RedisSpecSku> = {
    // Standard has a replica.
    name: wantsStandby(request) ? 'Standard' : 'Basic',
    family: 'C',
    capacity: CAPACITY[request.service.size],
  };
  const spec: Plain<RedisSpec> = {
    azureName: azureName(props, request),
    location: props.location,
    owner: { armId: groupOf(props) },
    redisVersion: String(VERSION),
    sku,
    enableNonSslPort: false,
    minimumTlsVersion: '1.2',
    publicNetworkAccess: 'Disabled',
    redisConfiguration: { 'maxmemory-policy': 'allkeys-lru' },
    operatorSpec: { secrets: { primaryKey: { name: accessKeys, key: KEY } } },
  };
  const metadata = azureMetadata(request);
  return { apiVersion: 'cache.azure.com/v1api20230801', kind: 'Redis', metadata, spec };
}

/** An address in the network, and its name in the private DNS zone. */
function privateEndpoint(
  props: AzureProps,
  request: ServiceRequest,
  { subnet, dnsZone }: AzureNetwork,
): readonly Manifest[] {
  const { name } = request.service;
  const endpoint: Plain<PrivateEndpointSpec> = {
    azureName: azureName(props, request),
    location: props.location,
    owner: { armId: groupOf(props) },
    subnet: { reference: { armId: subnet } },
    privateLinkServiceConnections: [
      {
        name,
        groupIds: ['redisCache'],
        privateLinkServiceReference: { group: 'cache.azure.com', kind: 'Redis', name },
      },
    ],
  };
  const zones: Plain<PrivateEndpointsPrivateDnsZoneGroupSpec> = {
    azureName: 'default',
    owner: { name },
    privateDnsZoneConfigs: [{ name: 'redis', privateDnsZoneReference: { armId: dnsZone } }],
  };
  const metadata = azureMetadata(request);
  const group = 'PrivateEndpointsPrivateDnsZoneGroup';
  return [
    { apiVersion: NETWORK_API, kind: 'PrivateEndpoint', metadata, spec: endpoint },
    { apiVersion: NETWORK_API, kind: group, metadata, spec: zones },
  ];
}
