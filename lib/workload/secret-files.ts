import * as path from 'node:path';
import type { SecretData, Volume, VolumeMount } from '../foundation';
import { volumeName } from './volume-name';

/** A secret as a file: the absolute path, and the key that is its content. */
export interface SecretFile {
  readonly path: string;
  readonly secret: SecretData;
  /** Whether the pod starts without it. @default false */
  readonly optional?: boolean;
}

/** Readable by the owner and the pod's file group (octal 0440). */
const MODE = 0o440;

const filesName = (container: string, index: number): string => {
  const name = `${container}-${index}`;
  return volumeName(`files-${name}`, name);
};

const byFolder = (files: readonly SecretFile[]): readonly [string, readonly SecretFile[]][] => {
  const folders = new Map<string, SecretFile[]>();
  for (const file of files) {
    const folder = path.posix.dirname(file.path);
    folders.set(folder, [...(folders.get(folder) ?? []), file]);
  }
  return [...folders];
};

/** Where a container sees its secret files: one mount a folder, because files mounted singly are never updated. */
export function secretMounts(
  container: string,
  files: readonly SecretFile[],
): readonly VolumeMount[] {
  return byFolder(files).map(([folder], index) => ({
    name: filesName(container, index),
    mountPath: folder,
    readOnly: true,
  }));
}

/** The volumes behind {@link secretMounts}. */
export function secretVolumes(container: string, files: readonly SecretFile[]): readonly Volume[] {
  return byFolder(files).map(([, members], index) => ({
    name: filesName(container, index),
    projected: {
      defaultMode: MODE,
      sources: members.map(({ path: file, secret, optional }) => ({
        secret: {
          name: secret.secret,
          items: [{ key: secret.key, path: path.posix.basename(file) }],
          ...(optional === true && { optional }),
        },
      })),
    },
  }));
}
