import { describe, expect, it } from '@jest/globals';
import { recommend, type Proposal } from '../../../lib/sizing';
import {
  days,
  entryOf,
  flat,
  measured,
  Mi,
  pointsOf,
  SAMPLES,
  steady,
  steadyDay,
  subject,
} from './shapes';

const brief = ({ cpu, memory }: Proposal) => ({
  cpu: [cpu.state, cpu.request],
  memory: [memory.state, memory.request / Mi],
});

describe('a steady service', () => {
  it('gets its use, rounded up, and memory with the margin of its tier', () => {
    const proposal = recommend(subject(), steady(0.302, 300 * Mi));
    expect(proposal).toEqual({
      state: 'shrink',
      cpu: {
        state: 'shrink',
        current: 0.5,
        request: 0.33,
        wanted: 0.33,
        reasons: ['p98 of its use with a half-life of 24 h is 302m'],
      },
      memory: {
        state: 'shrink',
        current: 512 * Mi,
        request: 390 * Mi,
        wanted: 390 * Mi,
        reasons: ['the most of its use is 300Mi, times 1.3'],
      },
      memoryLimit: 390 * Mi,
      rule: 'cpu p98, half-life 24 h, at least flat p95; memory max x 1.3',
      evidence: {
        from: '2026-11-06',
        to: '2026-11-19',
        samples: 14 * SAMPLES,
        cpu: { p50: 0.302, p95: 0.302, p98: 0.302, p99: 0.302, max: 0.302 },
        memory: { p50: 300 * Mi, p95: 300 * Mi, p98: 300 * Mi, p99: 300 * Mi, max: 300 * Mi },
        oomKills: 0,
        throttled: 0,
        above: 0,
        heldOut: 0,
      },
    });
  });

  it.each([
    ['critical', 470],
    ['standard', 390],
    ['tolerant', 360],
  ] as const)('of the tier %s gets %dMi for 300Mi of use', (tier, mebibytes) => {
    const { memory } = recommend(subject({ tier }), steady(0.3, 300 * Mi));
    expect(memory.wanted).toBe(mebibytes * Mi);
  });

  it('keeps what it has where the change is below a tenth', () => {
    const proposal = recommend(subject(), steady(0.46, 370 * Mi));
    expect(brief(proposal)).toEqual({ cpu: ['keep', 0.5], memory: ['keep', 512] });
    expect(proposal.state).toBe('keep');
    expect(proposal.cpu.wanted).toBe(0.47);
  });

  it('shrinks by half at most, and says what was wanted', () => {
    const { cpu, memory } = recommend(subject(), steady(0.04, 50 * Mi));
    expect([cpu.request, memory.request]).toEqual([0.27, 270 * Mi]);
    expect(cpu.reasons).toContain('the step is bounded: the rule wants 43m');
    expect(memory.reasons).toContain('the step is bounded: the rule wants 68Mi');
  });

  it('grows threefold at most', () => {
    const small = subject({ request: { cpu: 0.1, memory: 64 * Mi } });
    const proposal = recommend(small, steady(0.9, 61 * Mi));
    expect(brief(proposal)).toEqual({ cpu: ['grow', 0.3], memory: ['grow', 82] });
    expect(proposal.cpu.reasons).toEqual([
      'p98 of its use with a half-life of 24 h is 900m',
      '100% of its use is above the request of 100m, where the tier standard bears 5%',
      'the step is bounded: the rule wants 910m',
    ]);
    expect(proposal.memory.reasons).toEqual([
      'the most of its use is 61Mi, times 1.3',
      'the most of its use is 61Mi, more than 90% of the limit of 64Mi',
    ]);
  });

  it('never gets less than 10m and 32Mi', () => {
    const small = subject({ request: { cpu: 0.015, memory: 40 * Mi } });
    expect(brief(recommend(small, steady(0.001, Mi)))).toEqual({
      cpu: ['shrink', 0.01],
      memory: ['shrink', 32],
    });
  });

  it('takes no second step on the same days', () => {
    const evidence = steady(0.04, 50 * Mi);
    const first = recommend(subject(), evidence);
    const next = subject({
      request: { cpu: first.cpu.request, memory: first.memory.request },
      previous: entryOf(first),
    });
    const second = recommend(next, evidence);
    expect(brief(second)).toEqual({ cpu: ['keep', 0.27], memory: ['keep', 270] });
    expect(second.cpu.reasons).toContain('its last change rests on the same days');
    const later = recommend(next, { ...evidence, from: '2026-11-07', to: '2026-11-20' });
    expect(brief(later)).toEqual({ cpu: ['shrink', 0.15], memory: ['shrink', 150] });
  });
});

describe('a bursty service', () => {
  // 3 % of the samples at 400m, the rest at 50m.
  const day = Array.from({ length: SAMPLES }, (_, at) => (at % 33 === 0 ? 0.4 : 0.05));
  const bursts = measured(
    days.map((each) => ({ ...steadyDay(each, 0, 100 * Mi), cpu: pointsOf(day) })),
  );

  it('is sized for its bursts, far above its mean', () => {
    expect(recommend(subject(), bursts).cpu.wanted).toBe(0.43);
  });

  it('is sized below them where it tolerates that', () => {
    expect(recommend(subject({ tier: 'tolerant' }), bursts).cpu.wanted).toBe(0.051);
  });
});

describe('a service with a daily rhythm', () => {
  const day = Array.from(
    { length: SAMPLES },
    (_, at) => 0.3 - 0.2 * Math.cos((2 * Math.PI * at) / SAMPLES),
  );
  const rhythm = measured(
    days.map((each) => ({ ...steadyDay(each, 0, 100 * Mi), cpu: pointsOf(day) })),
  );

  it('is sized for its busy hours', () => {
    const proposal = recommend(subject(), rhythm);
    expect(proposal.cpu.wanted).toBe(0.51);
    expect(proposal.cpu.state).toBe('keep');
  });

  it('counts a newer day more, unless it is critical', () => {
    // For a twentieth of its day at 800m.
    const busyDay = Array.from({ length: SAMPLES }, (_, at) => (at % 20 === 0 ? 0.8 : 0.2));
    const busyOn = (some: readonly string[]) =>
      measured(
        days.map((each) => {
          const day = steadyDay(each, 0.2, 100 * Mi);
          return some.includes(each) ? { ...day, cpu: pointsOf(busyDay) } : day;
        }),
      );
    expect(recommend(subject(), busyOn(days.slice(11))).cpu.wanted).toBe(0.82);
    const past = busyOn(days.slice(0, 6));
    expect(recommend(subject(), past).cpu.wanted).toBe(0.2);
    expect(recommend(subject({ tier: 'critical' }), past).cpu.wanted).toBe(0.82);
  });
});

describe('a leak', () => {
  const leaking = measured(days.map((each, at) => steadyDay(each, 0.3, (100 + 10 * at) * Mi)));
  const says = 'its memory rises from day to day: a leak, or a cache that grows';

  it('keeps its memory, with the reason', () => {
    const { state, request, reasons } = recommend(subject(), leaking).memory;
    expect([state, request]).toEqual(['hold', 512 * Mi]);
    expect(reasons).toEqual(['the most of its use is 230Mi, times 1.3', says]);
  });

  it('grows where it must, with the same words', () => {
    const { state, reasons } = recommend(
      subject({ request: { cpu: 0.3, memory: 240 * Mi } }),
      leaking,
    ).memory;
    expect(state).toBe('grow');
    expect(reasons).toContain(says);
  });
});

describe('kills for want of memory', () => {
  it('raise memory above where they happened, by a fifth and at least 100 MiB', () => {
    const killed = steady(0.5, 250 * Mi, { oom: { kills: 3, limit: 256 * Mi } });
    const small = subject({ request: { cpu: 0.5, memory: 256 * Mi } });
    const { memory } = recommend(small, killed);
    expect([memory.state, memory.request]).toEqual(['grow', 360 * Mi]);
    expect(memory.reasons).toEqual([
      'it was killed 3 times for want of memory, at a limit of 256Mi',
    ]);
    const big = subject({ request: { cpu: 0.5, memory: 2000 * Mi } });
    const atOnce = steady(0.5, 1900 * Mi, { oom: { kills: 1 } });
    expect(recommend({ ...big, tier: 'tolerant' }, atOnce).memory.request).toBe(2400 * Mi);
  });

  it('are not bounded by the step, nor by too little data', () => {
    const killed = measured([steadyDay(days[0]!, 0.1, 30 * Mi)], {
      wholeDays: [],
      oom: { kills: 1, limit: 32 * Mi },
    });
    const tiny = subject({ request: { cpu: 0.1, memory: 32 * Mi } });
    expect(brief(recommend(tiny, killed))).toEqual({
      cpu: ['insufficient-data', 0.1],
      memory: ['grow', 150],
    });
  });

  it('are answered once the limit was raised', () => {
    const killed = steady(0.5, 250 * Mi, { oom: { kills: 1, limit: 256 * Mi } });
    expect(brief(recommend(subject({ request: { cpu: 0.5, memory: 360 * Mi } }), killed))).toEqual({
      cpu: ['keep', 0.5],
      memory: ['keep', 360],
    });
  });

  it('are answered by the lock where nobody knows the limit', () => {
    const killed = steady(0.5, 250 * Mi, { oom: { kills: 1 } });
    const first = recommend(subject({ request: { cpu: 0.5, memory: 256 * Mi } }), killed);
    expect(brief(first).memory).toEqual(['grow', 360]);
    const next = subject({ request: { cpu: 0.5, memory: 360 * Mi }, previous: entryOf(first) });
    const later = { ...killed, from: '2026-11-07', to: '2026-11-20' };
    expect(brief(recommend(next, later)).memory).toEqual(['keep', 360]);
    const again = { ...later, oom: { kills: 2 } };
    expect(brief(recommend(next, again)).memory).toEqual(['grow', 470]);
  });
});

describe('a startup peak', () => {
  it('is the least to which CPU shrinks, and the least of memory before the margin', () => {
    const spike = steady(0.05, 100 * Mi, { startup: { cpu: 0.36, memory: 250 * Mi } });
    const { cpu, memory } = recommend(subject(), spike);
    expect([cpu.request, cpu.wanted, memory.request]).toEqual([0.36, 0.051, 330 * Mi]);
    expect([cpu.reasons, memory.reasons]).toEqual([
      [
        'p98 of its use with a half-life of 24 h is 50m',
        'it starts with 360m, an average over five minutes',
      ],
      ['it starts with 250Mi, times 1.3'],
    ]);
  });
});

describe('a new service', () => {
  const young = (count: number, cpu: number, memory: number) =>
    measured(days.slice(0, count).map((day) => steadyDay(day, cpu, memory)));

  it('is not shrunk, with the reason', () => {
    const proposal = recommend(subject(), young(6, 0.1, 100 * Mi));
    expect(proposal.state).toBe('insufficient-data');
    expect(brief(proposal)).toEqual({
      cpu: ['insufficient-data', 0.5],
      memory: ['insufficient-data', 512],
    });
    expect(proposal.cpu.reasons).toEqual(['6 whole days were measured, of 7 that a change takes']);
    expect(proposal.evidence).not.toHaveProperty('heldOut');
  });

  it('is not shrunk without each day of the week', () => {
    const gaps = [0, 1, 2, 3, 4, 7, 8, 9].map((at) => steadyDay(days[at]!, 0.1, 100 * Mi));
    expect(recommend(subject(), measured(gaps)).cpu.reasons).toEqual([
      'the days that were measured do not make a full week',
    ]);
  });

  it('grows in breach, and not otherwise', () => {
    expect(brief(recommend(subject(), young(2, 0.7, 480 * Mi)))).toEqual({
      cpu: ['grow', 0.75],
      memory: ['grow', 680],
    });
    expect(recommend(subject(), young(2, 0.5, 440 * Mi)).memory.state).toBe('insufficient-data');
  });

  it('of less than a day is not judged', () => {
    const one = measured([steadyDay(days[0]!, 0.9, 500 * Mi)], { wholeDays: [] });
    expect(recommend(subject(), one).cpu.reasons).toEqual([
      'no whole day was measured, of 7 that a change takes',
    ]);
  });
});

describe('missing metrics', () => {
  it.each([
    [undefined, 'no metrics of it were found'],
    [measured([{ day: days[0]!, pod: 'a', samples: 0, cpu: [] }]), 'no metrics of it were found'],
    [
      measured([{ day: days[0]!, pod: 'a', samples: 0, cpu: [], memoryMax: Mi }]),
      'no metrics of its CPU use were found',
    ],
    [
      measured([{ day: days[0]!, pod: 'a', samples: 9, cpu: flat(1) }]),
      'no metrics of its memory were found',
    ],
  ])('are a state of their own', (evidence, reason) => {
    const proposal = recommend(subject(), evidence);
    expect(proposal).toEqual({
      state: 'no-metrics',
      cpu: { state: 'no-metrics', current: 0.5, request: 0.5, reasons: [reason] },
      memory: { state: 'no-metrics', current: 512 * Mi, request: 512 * Mi, reasons: [reason] },
      memoryLimit: 512 * Mi,
      rule: 'cpu p98, half-life 24 h, at least flat p95; memory max x 1.3',
    });
  });
});
