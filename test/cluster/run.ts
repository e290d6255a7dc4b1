import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { findAssets, type Assets } from './assets';
import { startControlPlane, type ControlPlane } from './control-plane';

const root = path.join(__dirname, '..', '..');
const UNCHECKED =
  'Without kube-controller-manager nothing checks the types of policies, and their test passes.';
const interrupted = new AbortController();

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    interrupted.abort(new Error(signal));
  });
}

const secondsSince = (began: number): string => ((Date.now() - began) / 1000).toFixed(1);

/** Runs the suite on one control plane. What it says is shown at once, or whole when it ends. */
async function suite(
  assets: Assets,
  args: readonly string[],
  shown: 'at once' | 'at its end',
): Promise<number> {
  const began = Date.now();
  const controlPlane = await startControlPlane(assets, interrupted.signal);
  try {
    console.error(`\nKubernetes ${assets.name}: ready after ${secondsSince(began)} s`);
    if (!assets.checksTypes) console.error(UNCHECKED);
    return await jest(assets, controlPlane, args, shown);
  } finally {
    await controlPlane.stop();
    console.error(`Kubernetes ${assets.name}: stopped after ${secondsSince(began)} s`);
  }
}

function jest(
  assets: Assets,
  { kubeconfig, folder }: ControlPlane,
  args: readonly string[],
  shown: 'at once' | 'at its end',
): Promise<number> {
  // What the tests leave behind when they are interrupted goes with the control plane.
  const temporary = path.join(folder, 'tmp');
  fs.mkdirSync(temporary);
  const log = path.join(folder, 'jest.txt');
  const output = shown === 'at once' ? 'inherit' : fs.openSync(log, 'w');
  const program = path.join(root, 'node_modules', 'jest', 'bin', 'jest.js');
  const child = spawn(
    process.execPath,
    [program, '--config', 'jest.cluster.config.js', '--runInBand', ...args],
    {
      cwd: root,
      stdio: ['ignore', output, output],
      env: {
        ...process.env,
        TMPDIR: temporary,
        KUBECONFIG: kubeconfig,
        KUBECACHEDIR: path.join(temporary, 'kubectl'),
        GOLDEN_PATH_KUBECTL: assets.path('kubectl'),
        ...(!assets.checksTypes && { GOLDEN_PATH_TYPES: 'unchecked' }),
      },
    },
  );
  interrupted.signal.addEventListener('abort', () => child.kill());
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('close', (code) => {
      if (shown === 'at its end') process.stderr.write(fs.readFileSync(log));
      resolve(code ?? 1);
    });
  });
}

async function main(): Promise<number> {
  const found = findAssets();
  if (typeof found === 'string') {
    console.error(found);
    return 2;
  }
  const args = process.argv.slice(2);
  // Side by side: much of each is waiting.
  const codes = await Promise.all(
    found.map((assets, index) => suite(assets, args, index === 0 ? 'at once' : 'at its end')),
  );
  return Math.max(...codes);
}

void main()
  .catch((error: unknown) => {
    console.error(interrupted.signal.aborted ? 'Interrupted.' : error);
    return 1;
  })
  .then((code) => {
    process.exitCode = code;
  });
