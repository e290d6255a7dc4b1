/**
 * Measures kustomize, one process for each overlay, one after the other:
 * `kustomize.ts <kubectl|kustomize> <folder with overlays> <output folder>`.
 */
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { childArguments, report } from '../child';

const argument = childArguments();
const [program, tree, folder] = [argument(0), argument(1), argument(2)];
const SAMPLE_MILLISECONDS = 10;

const overlays = (readdirSync(tree, { recursive: true }) as string[])
  .filter((path) => basename(dirname(path)) === 'overlays')
  .map((path) => join(tree, path))
  .sort();

/** The peak so far of a running process, in MB: Linux tells it. */
function tryPeak(pid: number): number | undefined {
  try {
    const found = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return found ? Number(found[1]) / 1024 : undefined;
  } catch {
    return undefined;
  }
}

let peak = 0;

function build(overlay: string, output: number): Promise<void> {
  const verb = program === 'kubectl' ? 'kustomize' : 'build';
  return new Promise((resolve, reject) => {
    const child = spawn(program, [verb, overlay], { stdio: ['ignore', output, 'inherit'] });
    const { pid } = child;
    const timer = setInterval(() => {
      peak = Math.max(peak, (pid === undefined ? undefined : tryPeak(pid)) ?? 0);
    }, SAMPLE_MILLISECONDS);
    child.on('error', reject);
    child.on('exit', (code) => {
      clearInterval(timer);
      if (code === 0) resolve();
      else reject(new Error(`${program} ${verb} ended with ${code ?? 'a signal'}`));
    });
  });
}

async function main(): Promise<void> {
  let elsewhere = 0;
  for (const [index, overlay] of overlays.entries()) {
    const target = join(folder, basename(overlay));
    mkdirSync(target, { recursive: true });
    const output = openSync(join(target, `${index}.yaml`), 'w');
    const start = performance.now();
    await build(overlay, output);
    elsewhere += performance.now() - start;
    closeSync(output);
  }
  const facts = {
    phases: { build: { wall: elsewhere, cpu: 0 } },
    objects: 0,
    files: overlays.length,
    elsewhere,
  };
  report({ ...facts, maxRssMegabytes: peak });
}

void main();
