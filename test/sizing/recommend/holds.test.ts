import { describe, expect, it } from '@jest/globals';
import { recommend, type PodDay } from '../../../lib/sizing';
import { days, flat, measured, Mi, steady, steadyDay, subject } from './shapes';

const incident = 'the window overlaps an incident, so nothing is taken away';

describe('an incident in the window', () => {
  it('holds what would shrink', () => {
    const { state, cpu, memory } = recommend(subject(), steady(0.1, 100 * Mi, { incident: true }));
    expect([state, cpu.state, memory.state]).toEqual(['hold', 'hold', 'hold']);
    expect([cpu.request, memory.request]).toEqual([0.5, 512 * Mi]);
    expect(cpu.reasons).toEqual(['p98 of its use with a half-life of 24 h is 100m', incident]);
    expect(memory.reasons).toEqual(['the most of its use is 100Mi, times 1.3', incident]);
  });

  it('lets grow what must', () => {
    const { state } = recommend(subject(), steady(0.8, 500 * Mi, { incident: true }));
    expect(state).toBe('grow');
  });
});

describe('CPU that its limit held back', () => {
  it('does not shrink', () => {
    const { cpu, memory } = recommend(subject(), steady(0.1, 100 * Mi, { throttled: 0.082 }));
    expect([cpu.state, memory.state]).toEqual(['hold', 'shrink']);
    expect(cpu.reasons[1]).toBe(
      'its limit held it back in 8.2% of the periods, so it may need more',
    );
  });

  it('shrinks where that was rare', () => {
    const { cpu } = recommend(subject(), steady(0.1, 100 * Mi, { throttled: 0.04 }));
    expect(cpu.state).toBe('shrink');
  });
});

describe('a heap that grows to its limit', () => {
  it.each([
    ['jvm', "a JVM's"],
    ['node', "Node's"],
    ['dotnet', ".NET's"],
  ] as const)('of %s is held both ways without runtime metrics', (runtime, whose) => {
    for (const use of [100, 500]) {
      const { memory } = recommend(subject({ runtime }), steady(0.5, use * Mi));
      expect(memory).toEqual({
        state: 'hold',
        current: 512 * Mi,
        request: 512 * Mi,
        reasons: [`${whose} heap grows to its limit, and no metrics of the runtime were found`],
      });
    }
  });

  it('grows after kills all the same', () => {
    const killed = steady(0.5, 500 * Mi, { oom: { kills: 1, limit: 512 * Mi } });
    expect(recommend(subject({ runtime: 'jvm' }), killed).memory.request).toBe(620 * Mi);
  });

  it('follows what is in use after a collection, whatever the working set', () => {
    const live = steady(0.5, 500 * Mi, { liveHeap: 150 * Mi });
    const { memory } = recommend(subject({ runtime: 'jvm' }), live);
    expect([memory.state, memory.request]).toEqual(['shrink', 360 * Mi]);
    expect(memory.reasons).toEqual([
      'its runtime holds 150Mi after a collection, for which it takes a limit of 268Mi, times 1.3',
    ]);
  });

  it('is no matter of Go and Python', () => {
    for (const runtime of ['go', 'python'] as const) {
      const { memory } = recommend(subject({ runtime }), steady(0.5, 300 * Mi));
      expect(memory.request).toBe(390 * Mi);
    }
  });
});

describe('a service that is scaled on CPU', () => {
  const scaled = (targetCpuPercent: number) => subject({ hpa: { targetCpuPercent } });

  it('scales at the cores at which it did', () => {
    const proposal = recommend(scaled(60), steady(0.38, 390 * Mi));
    expect(proposal.cpu.request).toBe(0.39);
    expect(proposal.targetCpuPercent).toBe(77);
    expect(0.39 * 0.77).toBeCloseTo(0.5 * 0.6, 2);
  });

  it('shrinks as far as its target can follow', () => {
    const proposal = recommend(scaled(70), steady(0.1, 390 * Mi));
    expect(proposal.cpu).toMatchObject({ state: 'shrink', request: 0.39, wanted: 0.1 });
    expect(proposal.targetCpuPercent).toBe(90);
    expect(proposal.cpu.reasons).toEqual([
      'p98 of its use with a half-life of 24 h is 100m',
      'the rule wants 100m: its autoscaler aims for 70%, and to scale where it does now it would have to aim outside of 50 to 90%',
    ]);
  });

  it('grows as far as its target can follow', () => {
    const proposal = recommend(scaled(70), steady(0.9, 390 * Mi));
    expect(proposal.cpu).toMatchObject({ state: 'grow', request: 0.68, wanted: 0.91 });
    expect(proposal.targetCpuPercent).toBe(51);
  });

  it('is held at the end of what its target can do', () => {
    const proposal = recommend(scaled(90), steady(0.1, 390 * Mi));
    expect(proposal.cpu).toMatchObject({ state: 'hold', request: 0.5, wanted: 0.1 });
    expect(proposal).not.toHaveProperty('targetCpuPercent');
  });

  it('is held where its target is out of bounds already', () => {
    const { cpu } = recommend(scaled(95), steady(0.1, 390 * Mi));
    expect([cpu.state, cpu.reasons.at(-1)]).toEqual([
      'hold',
      'the rule wants 100m: its autoscaler aims for 95%, outside of 50 to 90%, so the request is held',
    ]);
  });
});

describe('what runs to its end', () => {
  const run = (at: number, cpu: number, memoryMax: number, samples = 12): PodDay => ({
    day: days[at]!,
    pod: `nightly-${at}`,
    samples,
    cpu: flat(cpu),
    memoryMax,
  });
  const job = subject({ kind: 'run' });

  it('counts each run once, however long it took', () => {
    const runs = measured([
      ...days.slice(0, 13).map((_, at) => run(at, 0.3, 300 * Mi)),
      run(13, 0.39, 350 * Mi, 1),
    ]);
    const proposal = recommend(job, runs);
    expect([proposal.cpu.request, proposal.memory.request]).toEqual([0.39, 512 * Mi]);
    expect(proposal.cpu.reasons).toEqual(['p98 of the runs, each by its own p95, is 390m']);
    expect(proposal.evidence).toMatchObject({ runs: 14, samples: 13 * 12 + 1 });
    expect(proposal.evidence).not.toHaveProperty('heldOut');
  });

  it('takes a run by its own P95, over all of its days', () => {
    const long: PodDay[] = days.slice(0, 7).map((day, at) => ({
      ...run(at, 0, 300 * Mi),
      day,
      cpu: [
        { quantile: 0, value: 0.2 },
        { quantile: 0.95, value: 0.2 },
        { quantile: 1, value: 2 },
      ],
    }));
    expect(recommend(job, measured(long)).cpu.wanted).toBe(0.2);
  });

  it('is not shrunk on fewer than seven runs', () => {
    const few = measured([0, 2, 4, 6, 8, 10].map((at) => run(at, 0.1, 100 * Mi)));
    const { cpu, memory } = recommend(job, few);
    expect([cpu.state, memory.state]).toEqual(['insufficient-data', 'insufficient-data']);
    expect(cpu.reasons).toEqual(['6 runs were measured, of 7 that a change takes']);
  });

  it('is not shrunk on the runs of a few days', () => {
    const many = measured(
      Array.from({ length: 40 }, (_, at) => ({ ...run(at % 2, 0.1, 100 * Mi), pod: `run-${at}` })),
    );
    expect(recommend(job, many).cpu.reasons).toEqual([
      'the runs that were measured do not span a week',
    ]);
  });

  it('knows no leak', () => {
    const rising = measured(days.map((_, at) => run(at, 0.3, (100 + 10 * at) * Mi)));
    expect(recommend(job, rising).memory.state).toBe('shrink');
  });
});

describe('several pods', () => {
  it('count by their samples, and by the largest memory of any', () => {
    const two = measured(
      days.flatMap((day) => [
        steadyDay(day, 0.1, 100 * Mi, 'a'),
        { ...steadyDay(day, 0.4, 300 * Mi, 'b'), samples: 4 },
      ]),
    );
    const { cpu, memory } = recommend(subject(), two);
    expect([cpu.wanted, memory.wanted]).toEqual([0.1, 390 * Mi]);
  });
});
