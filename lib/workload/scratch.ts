import {
  either,
  fields,
  isBag,
  isContainerPath,
  mebibytes,
  optional,
  quantity,
  text,
  tryParseQuantity,
  type Shape,
  type Volume,
  type VolumeMount,
} from '../foundation';
import { hashedName, volumeName } from './volume-name';

/** A writable folder on a root file system that is read-only. It is empty at each start of the pod. */
export interface Scratch {
  readonly path: string;
  /** @default '100Mi' - for temporary files; a pod that fills it is evicted instead of filling the disk of its neighbours */
  readonly size?: string;
}

const MEBIBYTE = 2 ** 20;
/** More than the disk of any node. */
const MOST_BYTES = 2 ** 44;
const STOCK_SIZE = '100Mi';
/** The kubelet keeps 5 log files of 10Mi a container by default; twice that, for what is written between two rotations. */
const LOG_BYTES = 100 * MEBIBYTE;

const path = text("an absolute path such as '/var/cache/nginx'", isContainerPath, 'PathInvalid');
const folder = fields(
  { path, size: optional(quantity(MEBIBYTE, MOST_BYTES, 'a size of at least 1Mi, such as 100Mi')) },
  "a path, or { path, size: '1Gi' }",
);
export const scratchShape: Shape = either((value) => (isBag(value) ? folder : path), folder.give);

/** One folder with its volume. */
export interface ResolvedScratch {
  readonly volume: string;
  readonly path: string;
  readonly bytes: number;
}

/**
 * The writable folders of a container. `/tmp` is always there and the container's own; any other path is one volume for all containers of
 * the pod that name it, so that an init container can leave something.
 */
export function resolveScratch(
  container: string,
  isMain: boolean,
  given: readonly (string | Scratch)[],
): readonly ResolvedScratch[] {
  const sizes = new Map([['/tmp', STOCK_SIZE]]);
  for (const entry of given) {
    const scratch: Scratch = typeof entry === 'string' ? { path: entry } : entry;
    sizes.set(scratch.path, scratch.size ?? STOCK_SIZE);
  }
  return [...sizes].map(([where, size]) => ({
    volume: where === '/tmp' ? tmpName(container, isMain) : scratchName(where),
    path: where,
    bytes: tryParseQuantity(size) ?? 0,
  }));
}

const tmpName = (container: string, isMain: boolean): string =>
  isMain ? 'tmp' : volumeName(`tmp-${container}`, container);

/** A path that is not plain gets a hash, so that different paths never share a volume. */
function scratchName(where: string): string {
  const name = `scratch-${where.slice(1).replace(/[^a-z0-9]+/g, '-')}`;
  return /^(\/[a-z0-9]+)+$/.test(where) ? volumeName(name, where) : hashedName(name, where);
}

/** Disk that the scratch and the logs of a container can fill. */
export function diskBytes(scratch: readonly ResolvedScratch[]): number {
  return scratch.reduce((sum, { bytes }) => sum + bytes, LOG_BYTES);
}

export const scratchMount = ({ volume, path: mountPath }: ResolvedScratch): VolumeMount => ({
  name: volume,
  mountPath,
});

/** The volumes of a pod's scratch; the largest size wins where two containers share one. */
export function scratchVolumes(scratch: readonly ResolvedScratch[]): readonly Volume[] {
  const sizes = new Map<string, number>();
  for (const { volume, bytes } of scratch) {
    sizes.set(volume, Math.max(bytes, sizes.get(volume) ?? 0));
  }
  return [...sizes].map(([name, bytes]) => ({ name, emptyDir: { sizeLimit: mebibytes(bytes) } }));
}
