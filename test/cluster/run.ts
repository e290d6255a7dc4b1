import { spawn } from 'node:child_process';
import * as path from 'node:path';
import { findAssets, MISSING, type Assets } from './assets';
import { startControlPlane, type ControlPlane } from './control-plane';

const root = path.join(__dirname, '..', '..');
const UNCHECKED =
  'Without kube-controller-manager nothing checks the types of policies, and their test passes.';
let running: ControlPlane | undefined;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    void (running?.stop() ?? Promise.resolve()).then(() => process.exit(1));
  });
}

/** Runs the suite on one control plane. */
async function suite(assets: Assets, args: readonly string[]): Promise<number> {
  const began = Date.now();
  running = await startControlPlane(assets);
  try {
    const seconds = ((Date.now() - began) / 1000).toFixed(1);
    console.error(`\nKubernetes ${assets.name}: ready after ${seconds} s`);
    if (!assets.checksTypes) console.error(UNCHECKED);
    const jest = path.join(root, 'node_modules', 'jest', 'bin', 'jest.js');
    const child = spawn(
      process.execPath,
      [jest, '--config', 'jest.cluster.config.js', '--runInBand', ...args],
      {
        cwd: root,
        stdio: ['ignore', 'inherit', 'inherit'],
        env: {
          ...process.env,
          KUBECONFIG: running.kubeconfig,
          GOLDEN_PATH_KUBECTL: assets.path('kubectl'),
          ...(!assets.checksTypes && { GOLDEN_PATH_TYPES: 'unchecked' }),
        },
      },
    );
    return await new Promise((resolve, reject) => {
      child.on('error', reject).on('close', (code) => {
        resolve(code ?? 1);
      });
    });
  } finally {
    await running.stop();
    running = undefined;
  }
}

async function main(): Promise<number> {
  const found = findAssets();
  if (found.length === 0) {
    console.error(MISSING);
    return 2;
  }
  let worst = 0;
  for (const assets of found) worst = Math.max(worst, await suite(assets, process.argv.slice(2)));
  return worst;
}

void main().then((code) => {
  process.exitCode = code;
});
