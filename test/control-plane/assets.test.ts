import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

const root = path.join(__dirname, '..', '..');

/** Runs `npm run test:cluster` in an environment of its own. */
function testCluster(env: Readonly<Record<string, string>>): readonly [number | null, string] {
  const others = Object.entries(process.env).filter(([name]) => name !== 'KUBEBUILDER_ASSETS');
  const args = ['-r', 'ts-node/register/transpile-only', 'test/cluster/run.ts'];
  const options = {
    cwd: root,
    encoding: 'utf8',
    env: { ...Object.fromEntries(others), ...env },
  } as const;
  const { status, stderr } = spawnSync(process.execPath, args, options);
  return [status, stderr];
}

describe('without a control plane npm run test:cluster says so and exits with 2', () => {
  it('when none was built', () => {
    expect(testCluster({ XDG_CACHE_HOME: path.join(os.tmpdir(), 'there-is-none') })).toEqual([
      2,
      'No control plane of Kubernetes 1.30 and 1.35 to test on: run npm run cluster:assets, which needs Go, or let KUBEBUILDER_ASSETS name a folder with etcd, kube-apiserver, kubectl.\n',
    ]);
  });

  it('when KUBEBUILDER_ASSETS names a folder that lacks some of it', () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'assets-'));
    fs.writeFileSync(path.join(folder, 'etcd'), '');
    expect(testCluster({ KUBEBUILDER_ASSETS: folder })).toEqual([
      2,
      `KUBEBUILDER_ASSETS names ${folder}, which lacks kube-apiserver, kubectl.\n`,
    ]);
    fs.rmSync(folder, { recursive: true });
  });
});
