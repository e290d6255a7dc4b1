import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

/** The oldest Kubernetes that is promised, and a recent one: the folders of `go/` pin their patch versions. */
export const VERSIONS = ['1.30', '1.35'] as const;
export type Version = (typeof VERSIONS)[number];

/** What a control plane is made of, by the names that envtest uses too. */
export const BINARIES = ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kubectl'] as const;
export type Binary = (typeof BINARIES)[number];

/** The binaries of one control plane. */
export interface Assets {
  readonly name: string;
  readonly path: (binary: Binary) => string;
  /** Whether kube-controller-manager is among them, which envtest has not: it checks the types of policies. */
  readonly checksTypes: boolean;
}

/** Where `npm run cluster:assets` puts what it builds: outside of the clone, so that it is built once. */
export const cacheFolder = (): string =>
  path.join(
    process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache'),
    'cdk8s-golden-path',
    'cluster',
  );

const holds = (folder: string, binary: Binary): boolean => fs.existsSync(path.join(folder, binary));
const NEEDED = BINARIES.filter((binary) => binary !== 'kube-controller-manager');

/** The modules that pin what is built. */
export const GO = path.join(__dirname, 'go');

/** What a folder of the cache is built from: its stamp, so that another pinned version builds anew. */
export const stampOf = (version: Version): string =>
  ['etcd', `kubernetes-${version}`]
    .map((module) => fs.readFileSync(path.join(GO, module, 'go.mod'), 'utf8'))
    .join('\n');

/** Whether the folder of a version holds what its pins say. */
export function isBuilt(version: Version): boolean {
  const folder = path.join(cacheFolder(), version);
  const stamp = path.join(folder, 'stamp');
  return (
    BINARIES.every((binary) => holds(folder, binary)) &&
    fs.existsSync(stamp) &&
    fs.readFileSync(stamp, 'utf8') === stampOf(version)
  );
}

/** The control planes to test on: the one of `KUBEBUILDER_ASSETS`, or else all that are promised. One sentence when they are not at hand. */
export function findAssets(): readonly Assets[] | string {
  const given = process.env.KUBEBUILDER_ASSETS;
  if (given !== undefined) {
    const lacking = NEEDED.filter((binary) => !holds(given, binary));
    return lacking.length === 0
      ? [assetsIn(path.resolve(given))]
      : `KUBEBUILDER_ASSETS names ${given}, which lacks ${lacking.join(', ')}.`;
  }
  const unbuilt = VERSIONS.filter((version) => !isBuilt(version));
  return unbuilt.length === 0
    ? VERSIONS.map((version) => assetsIn(path.join(cacheFolder(), version)))
    : `No control plane of Kubernetes ${unbuilt.join(' and ')} to test on: run npm run cluster:assets, which needs Go, or let KUBEBUILDER_ASSETS name a folder with ${NEEDED.join(', ')}.`;
}

const assetsIn = (folder: string): Assets => ({
  name: path.basename(folder),
  path: (binary) => path.join(folder, binary),
  checksTypes: holds(folder, 'kube-controller-manager'),
});
