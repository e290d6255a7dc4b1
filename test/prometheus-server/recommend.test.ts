import { describe, expect, it } from '@jest/globals';
import { recommend, type Proposal, type SizingSubject } from '../../lib/sizing';
import { asked, collect, MEBIBYTE } from './ask';
import { NAMESPACE } from './store';

/** What is proposed for the only container of a workload that requests so much. */
async function proposed(
  workload: string,
  cpu: number,
  mebibytes: number,
  facts: Partial<SizingSubject> = {},
): Promise<Proposal> {
  const kind = facts.kind === 'run' ? 'scheduled-job' : 'web-service';
  const { containers } = await collect(NAMESPACE, asked(workload, kind));
  const [found] = containers;
  const memory = mebibytes * MEBIBYTE;
  const subject = {
    ...({ kind: 'running', tier: 'standard', source: 'test' } as const),
    memoryLimit: memory,
  };
  const own = { ...subject, request: { cpu, memory }, ...facts };
  return recommend(own, found!.pods > 0 ? found!.measurements : undefined);
}

const sizes = ({ cpu, memory }: Proposal): readonly (string | number)[] => [
  ...[cpu.state, cpu.request],
  ...[memory.state, memory.request / MEBIBYTE],
];

describe('what is recommended follows from the shape', () => {
  it('steady: the use itself, and its memory with the margin', async () => {
    // 100Mi x 1.3 is on the grid.
    expect(sizes(await proposed('steady', 0.3, 200))).toEqual(['shrink', 0.2, 'shrink', 130]);
    expect(sizes(await proposed('steady', 0.2, 130))).toEqual(['keep', 0.2, 'keep', 130]);
  });

  it('bursts on 5.6 % of the samples: the bursts, where the tier covers 98 %', async () => {
    expect(sizes(await proposed('bursty', 0.5, 130))).toEqual(['grow', 1, 'keep', 130]);
  });

  it('a daily rhythm: its top', async () => {
    const [state, cores] = sizes(await proposed('rhythm', 0.3, 130));
    expect([state, cores]).toEqual(['grow', 0.51]);
  });

  it('a leak: no less memory', async () => {
    const { memory } = await proposed('leak', 0.2, 1024);
    expect(memory.state).toBe('hold');
  });

  it('kills: more memory at once', async () => {
    const { memory, evidence } = await proposed('oom', 0.2, 256);
    expect(memory.state).toBe('grow');
    expect(memory.request).toBeGreaterThan(256 * MEBIBYTE);
    expect(evidence?.oomKills).toBe(6);
  });

  it('a start that needs more: not below it', async () => {
    const { memory, evidence } = await proposed('spike', 0.1, 512);
    expect(evidence?.memory.startup).toBe(200 * MEBIBYTE);
    expect(evidence?.cpu.startup).toBe(2);
    expect(memory.wanted).toBeGreaterThanOrEqual(200 * MEBIBYTE);
  });

  it('a new service, and one without metrics: nothing yet', async () => {
    expect((await proposed('fresh', 1, 512)).state).toBe('insufficient-data');
    expect((await proposed('silent', 1, 512)).state).toBe('no-metrics');
  });

  it('a JVM that fills its heap: by what lives in it', async () => {
    const told = await proposed('jvm', 0.2, 1024, { runtime: 'jvm' });
    expect(told.memory.state).toBe('shrink');
  });

  it('runs of a CronJob: by run', async () => {
    const { cpu, evidence } = await proposed('nightly', 1, 512, { kind: 'run' });
    expect(evidence?.runs).toBe(14);
    expect([cpu.state, cpu.request]).toEqual(['shrink', 0.51]);
  });
});
