import type { ExternalSecretSpec } from '../../../../imports/external-secrets.io';
import type { Refusal, ServiceRequest } from '../../../backing-service';
import { applicationLabels, type Manifest, type Plain } from '../../../foundation';
import { kept, made } from './made';
import { backupDays, type InClusterProps, type ObjectStoreBackup } from './options';

type Backup = InClusterProps['backup'];
type Request = Pick<ServiceRequest, 'service' | 'application' | 'secretStore'>;

/** At night in Europe, and not at the full hour, when everybody's jobs start. */
export const NIGHTLY = { minute: 17, hour: 2 } as const;

/** What the model says about the backups of databases. */
export function backupText(backup: Backup): string {
  if (!backup) return 'none: inCluster() was given no backup';
  return 'volumeSnapshotClass' in backup
    ? 'daily snapshots of the volume, until somebody deletes them'
    : `daily, ${backupDays(backup)} days`;
}

const entryOf = (backup: NonNullable<Backup>): string | undefined =>
  'volumeSnapshotClass' in backup ? undefined : backup.entry;

/** A database that has grown large cannot be made again by hand, and what is named must be there. */
export function checkBackup(
  { service: { size }, secretStore }: Request,
  { backup }: { readonly backup?: Backup },
  engine: string,
): readonly Refusal[] {
  if (!backup) {
    if (size !== 'L' && size !== 'XL') return [];
    const found = `it is ${engine} of size ${size}, and inCluster() has no backup for it`;
    return [{ found, fix: 'Give inCluster() backup, or give it another provider' }];
  }
  const entry = entryOf(backup);
  if (entry === undefined || secretStore) return [];
  const found = `inCluster() takes backup.credentials from the entry ${entry}, and the environment has no secret store`;
  return [{ found, fix: 'Give the environment a secretStore' }];
}

/** The Secret with the credentials, which all databases of the application share; kept, because what is kept goes on being backed up. */
export function backupCredentials(
  { application, secretStore }: Request,
  { backup }: { readonly backup?: Backup },
): readonly Manifest[] {
  if (!secretStore || !backup || 'volumeSnapshotClass' in backup) return [];
  const { credentials: name, entry: key } = backup;
  if (key === undefined) return [];
  const labels = { ...applicationLabels(application), 'app.kubernetes.io/component': 'backup' };
  const spec: Plain<ExternalSecretSpec> = {
    refreshInterval: secretStore.refreshInterval,
    secretStoreRef: { kind: secretStore.kind, name: secretStore.name },
    target: {
      name,
      creationPolicy: 'Owner',
      deletionPolicy: 'Retain',
      template: { metadata: { labels } },
    },
    data: Object.values(ACCESS).map((property) => ({
      secretKey: property,
      remoteRef: { key, property },
    })),
  };
  return [kept(made('external-secrets.io/v1', 'ExternalSecret', name, labels, spec))];
}

/** The two keys of the Secret with the credentials. */
export const ACCESS = { id: 'accessKeyId', secret: 'secretAccessKey' } as const;

/** The bucket and the folder of one database. */
export function placeOf(
  { destinationPath }: ObjectStoreBackup,
  folder: string,
): { readonly bucket: string; readonly prefix: string } {
  const [bucket = '', ...path] = destinationPath.replace('s3://', '').split('/');
  return { bucket, prefix: [...path, folder].join('/') };
}
