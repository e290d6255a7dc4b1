import type { Refusal } from '../../../backing-service';
import type { ServiceFacts } from '../../../foundation';
import { backupDays, type InClusterProps, type ObjectStoreBackup } from './options';

type Backup = InClusterProps['backup'];

/** At night in Europe, and not at the full hour, when everybody's jobs start. */
export const NIGHTLY = { minute: 17, hour: 2 } as const;

/** What the model says about the backups of databases. */
export function backupText(backup: Backup): string {
  if (!backup) return 'none: inCluster() was given no backup';
  return 'volumeSnapshotClass' in backup
    ? 'daily snapshots of the volume, until somebody deletes them'
    : `daily, ${backupDays(backup)} days`;
}

/** A database that has grown large cannot be made again by hand. */
export function refuseWithoutBackup(
  { size }: ServiceFacts,
  { backup }: { readonly backup?: Backup },
  engine: string,
): readonly Refusal[] {
  if (backup || (size !== 'L' && size !== 'XL')) return [];
  return [
    {
      found: `it is ${engine} of size ${size}, and inCluster() has no backup for it`,
      fix: 'Give inCluster() backup, or give it another provider',
    },
  ];
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
