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

/** The control planes that are at hand: the one of `KUBEBUILDER_ASSETS`, or else those that were built. */
export function findAssets(): readonly Assets[] {
  const given = process.env.KUBEBUILDER_ASSETS;
  const folders =
    given === undefined
      ? VERSIONS.map((version) => path.join(cacheFolder(), version))
      : [path.resolve(given)];
  const whole = folders.filter((folder) => NEEDED.every((binary) => holds(folder, binary)));
  return whole.map((folder) => ({
    name: path.basename(folder),
    path: (binary) => path.join(folder, binary),
    checksTypes: holds(folder, 'kube-controller-manager'),
  }));
}

/** One sentence for whoever lacks them. */
export const MISSING = `No control plane to test on: run npm run cluster:assets, which needs Go, or let KUBEBUILDER_ASSETS name a folder with ${NEEDED.join(', ')}.`;
