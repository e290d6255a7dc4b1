import { afterAll, describe, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import * as fs from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { newFolder, shellOf, synthesizeShop } from '../docs/migrations';
import { request } from './api';
import { listed, quietly } from './kubectl';
import type { Stored } from './objects';

const NAMESPACE = 'shop-prod';
const folder = newFolder();
const running = new Set<ChildProcess>();

interface Job extends Stored {
  readonly status: { readonly conditions?: readonly { readonly type: string }[] };
}
const jobs = (): Promise<readonly Job[]> => listed<Job>(['get', 'jobs', '-n', NAMESPACE]);

/** What the script of the page does with a release. */
function release(image: string): Promise<{ readonly code: number; readonly stderr: string }> {
  synthesizeShop(folder, image);
  const binaries = dirname(process.env.GOLDEN_PATH_KUBECTL ?? '');
  const child = spawn('bash', ['-c', shellOf('kubectl')], {
    cwd: folder,
    detached: true,
    env: { ...process.env, PATH: `${binaries}:${process.env.PATH ?? ''}` },
  });
  running.add(child);
  let stderr = '';
  child.stdout.resume();
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('close', (code) => {
      running.delete(child);
      resolve({ code: code ?? 1, stderr });
    });
  });
}

/** What Kubernetes from 1.31 on wants to see first, and 1.30 refuses. */
const before = { Complete: 'SuccessCriteriaMet', Failed: 'FailureTarget' } as const;

/** Ends the Job that has not ended, as its controller would: there is none here. */
async function end(how: keyof typeof before): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    const all = await listed<Job>(['get', 'jobs', '-n', NAMESPACE, '--ignore-not-found']);
    const job = all.find(({ status }) => !status.conditions);
    if (job) return endJob(job.metadata.name, how);
    await sleep(200);
  }
  throw new Error('no Job came');
}

async function endJob(name: string, how: keyof typeof before): Promise<void> {
  const now = new Date().toISOString().replace(/\.\d+/, '');
  const times = { lastProbeTime: now, lastTransitionTime: now };
  const complete = how === 'Complete' && { completionTime: now, succeeded: 1 };
  const path = `/apis/batch/v1/namespaces/${NAMESPACE}/jobs/${name}/status`;
  const put = (...types: readonly string[]) => {
    const conditions = types.map((type) => ({
      ...{ type, status: 'True', reason: 'Test', message: '' },
      ...times,
    }));
    return request('PATCH', path, { status: { startTime: now, conditions, ...complete } });
  };
  const first = await put(before[how], how);
  const { status, body } = first.status === 422 ? await put(how) : first;
  if (status !== 200) throw new Error(body.message);
}

async function imageOf(): Promise<string> {
  const text = ['jsonpath={.spec.template.spec.containers[0].image}'];
  return quietly(['get', 'deployment', 'orders', '-n', NAMESPACE, '-o', ...text]);
}

afterAll(async () => {
  // What waits for a Job that nothing ends would wait for ever, with its own children.
  for (const { pid } of running) if (pid !== undefined) process.kill(-pid);
  fs.rmSync(folder, { recursive: true });
  await quietly(['delete', 'namespace', NAMESPACE, '--ignore-not-found', '--wait=false']);
});

describe('the script of docs/migrations.md', () => {
  it('releases once the migration is complete', async () => {
    const released = release('orders:1.4.2');
    await end('Complete');
    expect((await released).code).toBe(0);
    expect(await imageOf()).toBe('ghcr.io/example/orders:1.4.2');
  });

  it('runs nothing again where nothing changed', async () => {
    expect(await release('orders:1.4.2')).toMatchObject({ code: 0 });
    expect(await jobs()).toHaveLength(1);
  });

  it('says that a migration failed, and releases nothing', async () => {
    const released = release('orders:1.4.3');
    await end('Failed');
    const { code, stderr } = await released;
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^job\.batch\/orders-migrate-[0-9a-f]{8} failed: nothing was released$/m,
    );
    expect(await imageOf()).toBe('ghcr.io/example/orders:1.4.2');
    expect(await jobs()).toHaveLength(2);
  }, 90_000);

  it('goes back without a migration', async () => {
    expect(await release('orders:1.4.2')).toMatchObject({ code: 0 });
    expect(await jobs()).toHaveLength(2);
  });
});
