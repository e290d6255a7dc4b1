import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cacheFolder, type Assets } from '../test/prometheus-server/assets';
import { OpenMetricsFile } from '../lib/rehearsal';
import { writeOwner, writePod, type Scraping } from '../test/prometheus-server/pod';
import { makeBlocks } from '../lib/rehearsal';
import { DAY, DAYS, END, START } from '../test/prometheus-server/store';

export const NAMESPACE = 'bench';
/** The pods of one workload that run at a time, of one container each. */
const REPLICAS = 5;
const MEBIBYTE = 2 ** 20;
/** To be raised with every change of what is written here. */
const VERSION = 1;

export const workloadsOf = (containers: number): readonly string[] =>
  Array.from({ length: containers / REPLICAS }, (_, index) => `service-${index}`);

/** A store of so many containers over the whole window, all scraped so often; made once and kept beside the binaries. */
export function storeOf(assets: Assets, containers: number, stepSeconds: number): string {
  const name = `rightsize-${containers}-${stepSeconds}-v${VERSION}`;
  const folder = join(dirname(cacheFolder()), name);
  if (existsSync(folder)) return folder;
  mkdirSync(dirname(folder), { recursive: true });
  const fresh = mkdtempSync(join(dirname(folder), '.rightsize-'));
  try {
    const text = join(fresh, 'store.txt');
    write(text, containers, { stepSeconds, kubelets: ['kubelet'] });
    makeBlocks(assets, text, join(fresh, 'data'));
    rmSync(text);
    renameSync(fresh, folder);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  return folder;
}

/** Every workload is released once within the window, each at another time. */
function write(path: string, containers: number, scraping: Scraping): void {
  const file = new OpenMetricsFile(path);
  for (const [index, workload] of workloadsOf(containers).entries()) {
    const released = START + (1 + (index % (DAYS - 2))) * DAY + (index % 23) * 3600;
    release(file, workload, 'a', START - DAY, released, scraping);
    release(file, workload, 'b', released, END, scraping);
  }
  file.end();
}

function release(
  file: OpenMetricsFile,
  workload: string,
  revision: string,
  from: number,
  to: number,
  scraping: Scraping,
): void {
  const digest = createHash('sha256').update(`${workload}${revision}`).digest('hex');
  const owner = { kind: 'ReplicaSet', name: `${workload}-${digest.slice(0, 9)}` } as const;
  for (let replica = 0; replica < REPLICAS; replica++) {
    const seed = createHash('sha256').update(`${digest}${replica}`).digest();
    const base = 0.02 + (seed[0] ?? 0) / 512;
    const phase = (seed[1] ?? 0) * 300;
    const container = {
      name: workload,
      cpu: (at: number) =>
        base *
        (1 + 0.6 * Math.sin((2 * Math.PI * (at + phase)) / DAY) + 0.3 * noise(at, seed[2] ?? 0)),
      memory: (at: number) =>
        Math.round((80 + (seed[3] ?? 0) + 20 * noise(at, seed[4] ?? 0)) * MEBIBYTE),
      memoryLimit: 512 * MEBIBYTE,
      throttled: (seed[5] ?? 0) / 1024,
    };
    const name = `${owner.name}-${seed.toString('hex').slice(0, 5)}`;
    const pod = { namespace: NAMESPACE, name, owner, from, to, containers: [container] };
    writePod(file, pod, scraping);
  }
  const by = { kind: 'Deployment', name: workload };
  writeOwner(file, NAMESPACE, owner, by, [from, to], scraping.stepSeconds);
}

/** From 0 to 1, the same for the same time. */
const noise = (at: number, seed: number): number => {
  const value = Math.sin(at * 12.9898 + seed * 78.233) * 43758.5453;
  return value - Math.floor(value);
};
