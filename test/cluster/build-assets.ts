import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import {
  BINARIES,
  cacheFolder,
  GO,
  isBuilt,
  stampOf,
  VERSIONS,
  type Binary,
  type Version,
} from './assets';

/** The package of a binary, and the module that pins it. */
function sourceOf(
  binary: Binary,
  version: Version,
): { readonly module: string; readonly pkg: string } {
  return binary === 'etcd'
    ? { module: 'etcd', pkg: 'go.etcd.io/etcd/server/v3' }
    : { module: `kubernetes-${version}`, pkg: `k8s.io/kubernetes/cmd/${binary}` };
}

/** Which release it is: the compiler does not know, and the server goes by it. */
function flagsOf(version: Version): string {
  const pinned = fs.readFileSync(path.join(GO, `kubernetes-${version}`, 'go.mod'), 'utf8');
  const release = /^require k8s\.io\/kubernetes v(\S+)$/m.exec(pinned)?.[1] ?? `${version}.0`;
  const [major = '', minor = ''] = version.split('.');
  const facts = { gitVersion: `v${release}`, gitMajor: major, gitMinor: minor };
  const packages = ['k8s.io/component-base/version', 'k8s.io/client-go/pkg/version'];
  const settings = packages.flatMap((pkg) =>
    Object.entries(facts).map(([name, value]) => `-X ${pkg}.${name}=${value}`),
  );
  return ['-s', '-w', ...settings].join(' ');
}

function build(version: Version): void {
  const folder = path.join(cacheFolder(), version);
  if (isBuilt(version)) {
    console.error(`${version}: built already, in ${folder}`);
    return;
  }
  fs.mkdirSync(folder, { recursive: true });
  for (const binary of BINARIES) {
    const { module, pkg } = sourceOf(binary, version);
    console.error(`${version}: building ${binary} …`);
    // Into place by a rename: an interrupted build leaves no half binary behind.
    const fresh = path.join(folder, `.${binary}-${process.pid}`);
    const flags = `-ldflags=${flagsOf(version)}`;
    const args = ['build', '-mod=readonly', '-trimpath', flags, '-o', fresh, pkg];
    const cwd = path.join(GO, module);
    const { status, error } = spawnSync('go', args, { cwd, stdio: 'inherit' });
    if (error || status !== 0) {
      fs.rmSync(fresh, { force: true });
      console.error(
        error
          ? 'Go is not installed: see https://go.dev/doc/install.'
          : `go ${args.join(' ')} failed.`,
      );
      process.exit(2);
    }
    fs.renameSync(fresh, path.join(folder, binary));
  }
  fs.writeFileSync(path.join(folder, 'stamp'), stampOf(version));
}

VERSIONS.forEach(build);
