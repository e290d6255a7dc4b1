import type { ObjectStoreSpec } from '../../../../imports/barmancloud.cnpg.io';
import type { ClusterSpec, ScheduledBackupSpec } from '../../../../imports/postgresql.cnpg.io';
import type { ServiceRequest } from '../../../backing-service';
import type { Manifest, Plain, PostgresModel } from '../../../foundation';
import { ACCESS, NIGHTLY } from './backup';
import { keptBy, made } from './made';
import { backupDays, type ObjectStoreBackup, type Options } from './options';
import { SMALL } from './sizes';

type Typed = Plain<ClusterSpec>;
type Renamed<T, From extends keyof T, To extends string> = Omit<T, From> & {
  readonly [K in To]?: T[From];
};

/** The generated types write abbreviations in their own way. */
export type PostgresCluster = Omit<Renamed<Typed, 'enablePdb', 'enablePDB'>, 'plugins'> & {
  readonly plugins?: readonly Renamed<
    NonNullable<Typed['plugins']>[number],
    'isWalArchiver',
    'isWALArchiver'
  >[];
};
type BarmanStore = Omit<Plain<ObjectStoreSpec>, 'configuration'> & {
  readonly configuration: Renamed<
    Plain<ObjectStoreSpec>['configuration'],
    'endpointUrl',
    'endpointURL'
  >;
};

/** CloudNativePG has taken its own support for object stores out of use in favour of this plugin. */
const PLUGIN = 'barman-cloud.cloudnative-pg.io';

/** What the cluster says of its backups. */
export function clusterBackup(
  name: string,
  { backup }: Options,
): Pick<PostgresCluster, 'plugins' | 'backup'> {
  if (!backup) return {};
  if ('volumeSnapshotClass' in backup) {
    const snapshot = {
      className: backup.volumeSnapshotClass,
      snapshotOwnerReference: 'none',
    } as const;
    return { backup: { volumeSnapshot: snapshot } };
  }
  const { generation = 1 } = backup;
  const parameters = {
    barmanObjectName: name,
    ...(generation > 1 && { serverName: `${name}-${generation}` }),
  };
  return { plugins: [{ name: PLUGIN, enabled: true, isWALArchiver: true, parameters }] };
}

/** A base backup a day, and where to. */
export function postgresBackup(
  { service, labels, application, namespace }: ServiceRequest<PostgresModel>,
  { backup }: Options,
): readonly Manifest[] {
  if (!backup) return [];
  const { name } = service;
  const isSnapshot = 'volumeSnapshotClass' in backup;
  const spec: Plain<ScheduledBackupSpec> = {
    cluster: { name },
    // With seconds, unlike the schedule of a CronJob.
    schedule: `0 ${NIGHTLY.minute} ${NIGHTLY.hour} * * *`,
    immediate: true,
    backupOwnerReference: 'none',
    ...(isSnapshot
      ? { method: 'volumeSnapshot' }
      : { method: 'plugin', pluginConfiguration: { name: PLUGIN } }),
  };
  const scheduled = made('postgresql.cnpg.io/v1', 'ScheduledBackup', name, labels, spec);
  if (isSnapshot) return [scheduled];
  const folder = `${namespace}/${application}`;
  const store = made(
    'barmancloud.cnpg.io/v1',
    'ObjectStore',
    name,
    labels,
    storeSpec(backup, folder),
  );
  return [...keptBy(service.deletionPolicy, [store]), scheduled];
}

function storeSpec(backup: ObjectStoreBackup, folder: string): BarmanStore {
  const { credentials: name } = backup;
  return {
    // The plugin adds a folder by the name of the cluster, or by serverName.
    configuration: {
      destinationPath: `${backup.destinationPath}/${folder}`,
      endpointURL: backup.endpointUrl,
      s3Credentials: {
        accessKeyId: { name, key: ACCESS.id },
        secretAccessKey: { name, key: ACCESS.secret },
      },
      wal: { compression: 'gzip' },
      data: { compression: 'gzip' },
    },
    retentionPolicy: `${backupDays(backup)}d`,
    instanceSidecarConfiguration: { resources: SMALL },
  };
}
