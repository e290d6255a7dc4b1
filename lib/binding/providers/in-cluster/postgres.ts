import type { DatabaseSpec } from '../../../../imports/postgresql.cnpg.io';
import type {
  PodDemand,
  Provided,
  Refusal,
  ServiceRequest,
  Supply,
} from '../../../backing-service';
import type { Manifest, Plain, PostgresModel, ServiceStatement } from '../../../foundation';
import { podMonitor } from '../../../observability';
import { RELOAD } from '../../settings';
import { isLarge } from '../standby';
import { backupCredentials, backupText, checkBackup } from './backup';
import { cnpgClaims } from './claims';
import { POSTGRES_VERSIONS, postgresImage } from './images';
import {
  callersWay,
  classNamed,
  deletionText,
  ingressPolicy,
  keptBy,
  made,
  podsIn,
  podsOf,
} from './made';
import type { Options } from './options';
import { imagePullSecrets, podMetadata } from './pods';
import { clusterBackup, postgresBackup, type PostgresCluster } from './postgres-backup';
import { extensionParameters, hasExtension } from './postgres-extensions';
import { resourcesOf, rungOf, shareOf, SMALL, type Rung } from './sizes';

type Request = ServiceRequest<PostgresModel>;

const API = 'postgresql.cnpg.io/v1';
const PORT = 5432;
/** By which the operator asks an instance how it is. */
const STATUS_PORT = 8000;
const METRICS_PORT = 9187;

/** What CloudNativePG writes into the Secret of the application; it has a few more. */
const KEYS = ['dbname', 'host', 'jdbc-uri', 'password', 'port', 'uri', 'username'];

/**
 * PostgreSQL by CloudNativePG. Its own Secret is the contract, so nothing stands between.
 * @see https://cloudnative-pg.io/documentation/current/
 */
export const postgresIn =
  (options: Options): Supply<PostgresModel> =>
  (request) => {
    const refused = [
      ...checkVersion(request.service),
      ...checkExtensions(request.service, options),
      ...checkBackup(request, options, 'PostgreSQL'),
    ];
    return refused.length > 0 ? { refused } : provide(request, options);
  };

function checkVersion({ version }: PostgresModel): readonly Refusal[] {
  if (POSTGRES_VERSIONS.some((known) => known === version)) return [];
  const [oldest, newest] = [POSTGRES_VERSIONS[0], POSTGRES_VERSIONS.at(-1)];
  return [
    {
      found: `it wants PostgreSQL ${version}, and inCluster() has ${oldest} to ${newest}`,
      fix: 'Ask for one of these, or give it another provider',
    },
  ];
}

/** An image of the platform's own may have more than anybody here can know. */
function checkExtensions(
  { extensions, version }: PostgresModel,
  { images }: Options,
): readonly Refusal[] {
  if (images?.postgres?.[version] !== undefined) return [];
  return extensions
    .filter((extension) => !hasExtension(extension, version))
    .map((extension) => ({
      found: `it wants the extension ${extension}, which the stock image of PostgreSQL ${version} does not have`,
      fix: `Leave it out, or give inCluster() an image that has it as images.postgres[${version}]`,
    }));
}

function provide(request: Request, options: Options): Provided {
  const { service, labels } = request;
  const { name } = service;
  const pods = podsOf({ 'cnpg.io/cluster': name });
  const instances = request.instances(isLarge(service.size) ? 3 : 1);
  return {
    manifests: [
      ...keptBy(service.deletionPolicy, [
        made(API, 'Cluster', name, labels, clusterSpec(request, options, instances)),
        ...extensions(request),
        policy(request, options),
      ]),
      ...postgresBackup(request, options),
      ...monitor(request),
    ],
    shared: backupCredentials(request, options),
    claims: cnpgClaims(name, {
      isReplicated: instances > 1,
      isArchived: isArchived(options),
    }),
    demand: [demand(request, options, instances)],
    // The operator copies its queries into each namespace.
    sharedClaims: ['ConfigMap/cnpg-default-monitoring'],
    reach: [{ to: [pods], ports: [PORT] }],
    gives: { [`Secret/${name}-app`]: KEYS },
    statement: statement(request, options, instances),
  };
}

const isArchived = ({ backup }: Options): boolean =>
  backup !== undefined && !('volumeSnapshotClass' in backup);

/** The instances, and the Job by which the operator makes one, with the same resources. The archiver's plugin has a container in each. */
function demand({ service }: Request, options: Options, instances: number): PodDemand {
  const resources = resourcesOf(rungOf(service.size, options.sizes));
  return {
    pods: instances,
    more: 1,
    containers: [{ resources }],
    ...(isArchived(options) && { initContainers: [{ restartPolicy: 'Always', resources: SMALL }] }),
  };
}

function clusterSpec(request: Request, options: Options, instances: number): PostgresCluster {
  const { name, database, version, size, extensions } = request.service;
  const rung = rungOf(size, options.sizes);
  return {
    instances,
    imageName: postgresImage(version, options.images),
    bootstrap: { initdb: { database, owner: database, dataChecksums: true } },
    storage: { size: rung.storage, ...classNamed('storageClass', options.storageClass) },
    resources: resourcesOf(rung),
    postgresql: { parameters: parameters(rung, extensions), ...synchronous(instances) },
    affinity: {
      enablePodAntiAffinity: true,
      podAntiAffinityType: 'preferred',
      topologyKey: 'kubernetes.io/hostname',
    },
    enableSuperuserAccess: false,
    // The budget of a single instance would stop the drain of its node for ever.
    enablePDB: instances > 1,
    primaryUpdateStrategy: 'unsupervised',
    primaryUpdateMethod: instances > 1 ? 'switchover' : 'restart',
    inheritedMetadata: inherited(request),
    ...imagePullSecrets(request),
    ...clusterBackup(name, options),
  };
}

/** It goes onto all that the operator makes: Reloader watches the Secret of the application by it, and the pods are known by it. */
function inherited(request: Request): NonNullable<PostgresCluster['inheritedMetadata']> {
  const { annotations, ...rest } = podMetadata(request);
  return { ...rest, annotations: { ...annotations, ...RELOAD } };
}

/** A quarter of the memory, as PostgreSQL's manual advises. */
const parameters = (rung: Rung, extensions: readonly string[]): Record<string, string> => ({
  shared_buffers: `${shareOf(rung, 0.25)}MB`,
  ...extensionParameters(extensions),
});

/** What was committed is on two instances, as long as there are two. */
const synchronous = (
  instances: number,
): Pick<NonNullable<PostgresCluster['postgresql']>, 'synchronous'> =>
  instances > 1 ? { synchronous: { method: 'any', number: 1, dataDurability: 'preferred' } } : {};

/** `retain`, because this object goes when the last extension does, and the data with the cluster. */
function extensions({ service, labels }: Request): readonly Manifest[] {
  const { name, database } = service;
  if (service.extensions.length === 0) return [];
  const spec: Plain<DatabaseSpec> = {
    cluster: { name },
    name: database,
    owner: database,
    ensure: 'present',
    databaseReclaimPolicy: 'retain',
    extensions: service.extensions.map((extension) => ({ name: extension, ensure: 'present' })),
  };
  return [made(API, 'Database', name, labels, spec)];
}

function policy(request: Request, { operators }: Options): Manifest {
  const { service, labels, metrics } = request;
  const pods = { 'cnpg.io/cluster': service.name };
  return ingressPolicy(`${service.name}-ingress`, labels, pods, [
    callersWay(request, [PORT]),
    { from: [podsOf(pods), podsIn(operators.cloudNativePg)], ports: [PORT, STATUS_PORT] },
    { from: metrics, ports: [METRICS_PORT] },
  ]);
}

function monitor({ service, labels, monitored }: Request): readonly Manifest[] {
  const { name } = service;
  const selector = { 'cnpg.io/cluster': name, 'cnpg.io/podRole': 'instance' };
  const port = { portName: 'metrics', path: '/metrics', interval: '30s' };
  return monitored ? [podMonitor({ name, labels, selector, ...port })] : [];
}

function statement(
  { service, namespace }: Request,
  { backup }: Options,
  instances: number,
): ServiceStatement {
  return {
    engine: `PostgreSQL ${service.version} by CloudNativePG`,
    tls: 'offered',
    encryptedAtRest: 'by the storage class',
    backup: backupText(backup),
    highlyAvailable: instances > 1,
    deletion: deletionText(service.deletionPolicy),
    availability: {
      exporter: "CloudNativePG's own",
      metric: 'cnpg_collector_up',
      labels: { cluster: service.name, namespace },
      means: 'positive',
    },
  };
}
