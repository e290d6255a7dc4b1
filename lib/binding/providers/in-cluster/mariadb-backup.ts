import type { PhysicalBackupSpec } from '../../../../imports/k8s.mariadb.com';
import type { PodDemand, ServiceRequest } from '../../../backing-service';
import type { Manifest, MySqlModel, Plain } from '../../../foundation';
import { ACCESS, NIGHTLY, placeOf } from './backup';
import { made } from './made';
import { CONTAINER, mariaDbBackupPods, POD } from './mariadb';
import { backupDays, type ObjectStoreBackup, type Options } from './options';
import { podMetadata } from './pods';

const HOURS = 24;

const RESOURCES = { requests: { cpu: '100m', memory: '512Mi' }, limits: { memory: '512Mi' } };

/** What a backup takes while it runs. */
export const mariaDbBackupDemand = ({ backup }: Options): readonly PodDemand[] =>
  backup ? [{ pods: 0, more: 1, containers: [{ resources: RESOURCES }] }] : [];

/** A physical backup a day. */
export function mariaDbBackup(
  request: ServiceRequest<MySqlModel>,
  { backup }: Options,
): readonly Manifest[] {
  if (!backup) return [];
  const { service, labels, application, namespace } = request;
  const { name } = service;
  const isSnapshot = 'volumeSnapshotClass' in backup;
  const spec: Plain<PhysicalBackupSpec> = {
    mariaDbRef: { name },
    schedule: { cron: `${NIGHTLY.minute} ${NIGHTLY.hour} * * *`, immediate: true },
    ...(!isSnapshot && {
      maxRetention: `${backupDays(backup) * HOURS}h`,
      compression: 'gzip' as const,
    }),
    storage: isSnapshot
      ? { volumeSnapshot: { volumeSnapshotClassName: backup.volumeSnapshotClass } }
      : { s3: objectStore(backup, `${namespace}/${application}/${name}`) },
    podMetadata: {
      ...podMetadata(request),
      labels: { ...podMetadata(request).labels, ...mariaDbBackupPods(name) },
    },
    podSecurityContext: POD,
    securityContext: CONTAINER,
    resources: RESOURCES,
  };
  return [made('k8s.mariadb.com/v1alpha1', 'PhysicalBackup', name, labels, spec)];
}

function objectStore(
  backup: ObjectStoreBackup,
  folder: string,
): NonNullable<Plain<PhysicalBackupSpec>['storage']['s3']> {
  const { credentials: name, endpointUrl } = backup;
  return {
    ...placeOf(backup, folder),
    endpoint: endpointUrl.replace(/^https?:\/\//, ''),
    tls: { enabled: endpointUrl.startsWith('https:') },
    accessKeyIdSecretKeyRef: { name, key: ACCESS.id },
    secretAccessKeySecretKeyRef: { name, key: ACCESS.secret },
  };
}
