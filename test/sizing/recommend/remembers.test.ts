import { describe, expect, it } from '@jest/globals';
import { recommend, type Evidence } from '../../../lib/sizing';
import { days, entryOf, measured, Mi, steady, steadyDay, subject } from './shapes';

/** A fortnight of low use, in which no start lies. */
const calm = (changes = {}) => steady(0.1, 100 * Mi, { started: false, ...changes });
const noStart = 'no start of it was seen: ask for a longer --window';

/** What the lock holds of the days before, at the size of now. */
function knowing(changes: Partial<Evidence>, source?: string) {
  const first = recommend(subject(), { ...calm(), from: '2026-10-23', to: '2026-11-05' });
  const entry = entryOf({ ...first, evidence: { ...first.evidence!, ...changes } });
  return subject({ previous: { ...entry, ...(source !== undefined && { source }) } });
}

describe('a start', () => {
  const usage = { p50: 0, p95: 0, p98: 0, p99: 0, max: 0 };
  const known = { cpu: { ...usage, startup: 0.36 }, memory: { ...usage, startup: 250 * Mi } };

  it('that nobody saw keeps memory where it is, and CPU is sized by its use', () => {
    const { cpu, memory } = recommend(subject(), calm());
    expect([cpu.state, memory.state]).toEqual(['shrink', 'hold']);
    expect(memory.reasons).toEqual(['the most of its use is 100Mi, times 1.3', noStart]);
    expect(recommend(subject(), calm({ started: true })).memory.state).toBe('shrink');
    const seen = calm({ startup: { memory: 90 * Mi } });
    expect(recommend(subject(), seen).memory.state).toBe('shrink');
    expect(recommend(subject({ kind: 'run' }), calm()).memory.reasons).not.toContain(noStart);
  });

  it('that was seen before is the least still, and stays known', () => {
    const { cpu, memory, evidence } = recommend(knowing(known), calm());
    expect([cpu.state, cpu.request]).toEqual(['shrink', 0.36]);
    expect(cpu.reasons[1]).toBe('it starts with 360m, an average over five minutes');
    expect([memory.state, memory.request]).toEqual(['shrink', 330 * Mi]);
    expect([evidence?.cpu.startup, evidence?.memory.startup]).toEqual([0.36, 250 * Mi]);
  });

  it('that is seen anew counts in its place', () => {
    const anew = calm({ startup: { cpu: 0.05, memory: 90 * Mi } });
    const { cpu, memory, evidence } = recommend(knowing(known), anew);
    expect([cpu.request, memory.request]).toEqual([0.27, 270 * Mi]);
    expect(evidence?.memory.startup).toBe(90 * Mi);
  });

  it('of another place is not its own', () => {
    const { cpu, memory } = recommend(knowing(known, 'elsewhere'), calm());
    expect([cpu.request, memory.state]).toEqual([0.27, 'hold']);
  });

  it('blocks less CPU, and does not drive more', () => {
    const blocked = recommend(subject(), steady(0.1, 390 * Mi, { startup: { cpu: 2 } }));
    expect([blocked.cpu.state, blocked.cpu.request]).toEqual(['hold', 0.5]);
    expect(blocked.cpu.reasons).toEqual([
      'p98 of its use with a half-life of 24 h is 100m',
      'it starts with 2, an average over five minutes',
    ]);
    const right = recommend(subject(), steady(0.48, 390 * Mi, { startup: { cpu: 2 } }));
    expect([right.cpu.state, right.cpu.request]).toEqual(['keep', 0.5]);
  });
});

describe('a kill for want of memory', () => {
  const killed = (day: string) => knowing({ oomKills: 2, kill: { limit: 260 * Mi, day } });
  const seen = calm({ startup: { memory: 90 * Mi } });

  it('is written down with its limit and its last day', () => {
    const oom = { kills: 2, limit: 512 * Mi, days: ['2026-11-08', '2026-11-12'] };
    const { evidence } = recommend(subject(), steady(0.5, 300 * Mi, { oom }));
    expect(evidence?.kill).toEqual({ limit: 512 * Mi, day: '2026-11-12' });
    const unknown = recommend(subject(), steady(0.5, 300 * Mi, { oom: { kills: 1 } }));
    expect(unknown.evidence?.kill).toEqual({ limit: 512 * Mi, day: '2026-11-19' });
    expect(recommend(subject(), seen).evidence).not.toHaveProperty('kill');
  });

  it('that the window forgot bounds what memory shrinks to, and is known on', () => {
    const { memory, evidence } = recommend(killed('2026-09-01'), seen);
    expect([memory.state, memory.request]).toEqual(['shrink', 360 * Mi]);
    expect(memory.reasons).toEqual([
      'the most of its use is 100Mi, times 1.3',
      'it was killed for want of memory on 2026-09-01, at a limit of 260Mi',
    ]);
    expect(evidence?.kill).toEqual({ limit: 260 * Mi, day: '2026-09-01' });
  });

  it('is forgotten after 90 days', () => {
    expect(recommend(killed('2026-08-21'), seen).evidence).toHaveProperty('kill');
    const { memory, evidence } = recommend(killed('2026-08-20'), seen);
    expect(memory.request).toBe(270 * Mi);
    expect(evidence).not.toHaveProperty('kill');
  });

  it('names a leak where memory grew after kills before', () => {
    const says = 'it grew after kills before: a leak?';
    const again = steady(0.5, 300 * Mi, { oom: { kills: 1, limit: 512 * Mi } });
    const grown = recommend(killed('2026-11-01'), again).memory;
    expect([grown.state, grown.request]).toEqual(['grow', 620 * Mi]);
    expect(grown.reasons).toContain(says);
    expect(recommend(subject(), again).memory.reasons).not.toContain(says);
  });

  it('names a leak where it happens on three days', () => {
    const says = 'it ran out of memory again and again, on 3 days: a leak?';
    const on = (count: number) =>
      steady(0.5, 500 * Mi, {
        oom: { kills: count, limit: 512 * Mi, days: days.slice(0, count) },
      });
    expect(recommend(subject(), on(3)).memory.reasons).toContain(says);
    expect(recommend(subject(), on(2)).memory.reasons.join()).not.toContain('a leak');
    expect(recommend(subject({ kind: 'run' }), on(3)).memory.reasons.join()).not.toContain('leak');
  });
});

describe('what rests on another place', () => {
  const evidence = steady(0.04, 50 * Mi);
  const first = recommend(subject(), evidence);
  const taken = { request: { cpu: first.cpu.request, memory: first.memory.request } };

  it('is corrected on the same days', () => {
    const own = subject({ ...taken, previous: entryOf(first) });
    const busy = steady(0.5, 400 * Mi);
    expect(recommend(own, evidence).state).toBe('keep');
    const elsewhere = { ...own, source: 'prometheus.example.com, staging, shop' };
    expect(recommend(elsewhere, evidence).cpu.request).toBe(0.15);
    expect(recommend(elsewhere, busy).cpu.request).toBe(0.51);
  });
});

describe('a busy day a week', () => {
  const week = (busy: (at: number) => boolean, tier: 'standard' | 'tolerant' = 'standard') =>
    recommend(
      subject({ tier }),
      measured(days.map((day, at) => steadyDay(day, busy(at) ? 0.48 : 0.05, 390 * Mi))),
    ).cpu;

  it('is not forgotten by a weekly batch', () => {
    for (const tier of ['standard', 'tolerant'] as const) {
      const cpu = week((at) => at === 0 || at === 7, tier);
      expect([cpu.state, cpu.wanted]).toEqual(['keep', 0.51]);
      expect(cpu.reasons).toEqual(['p95 of its use over the whole window is 480m']);
    }
  });

  it('is not forgotten by an office that was closed for five days', () => {
    expect(week((at) => at < 9 && at % 7 !== 1 && at % 7 !== 2).wanted).toBe(0.51);
  });
});

describe('one pod among many', () => {
  const pods = (hot: number, samples = 288) =>
    measured(
      days.flatMap((day) => [
        ...Array.from({ length: 30 }, (_, at) => steadyDay(day, 0.1, 390 * Mi, `cold-${at}`)),
        ...(day === days[0] ? [{ ...steadyDay(day, hot, 390 * Mi, 'hot'), samples }] : []),
      ]),
    );

  it('that needs more alone bounds what CPU shrinks to', () => {
    const { cpu } = recommend(subject(), pods(0.35));
    expect([cpu.state, cpu.request, cpu.wanted]).toEqual(['shrink', 0.36, 0.1]);
    expect(cpu.reasons[1]).toBe(
      'one of its pods alone needs more: hot uses 350m or more half of the time',
    );
    expect(recommend(subject(), pods(0.9)).cpu.state).toBe('hold');
  });

  it('is not heard on less than a day', () => {
    expect(recommend(subject(), pods(0.9, 200)).cpu.request).toBe(0.27);
  });
});

describe('a change that is too small', () => {
  it('is one of a tenth up, and of a fifth down', () => {
    const cpu = (cores: number) => recommend(subject(), steady(cores, 390 * Mi)).cpu;
    expect([cpu(0.53).request, cpu(0.5).request]).toEqual([0.56, 0.5]);
    expect([cpu(0.42).state, cpu(0.38).request]).toEqual(['keep', 0.39]);
  });
});

describe('an incident on all days', () => {
  it('leaves too little data', () => {
    const none = measured([], { incident: true });
    const proposal = recommend(subject(), none);
    expect(proposal.state).toBe('insufficient-data');
    expect(proposal.cpu.reasons).toEqual(['all days that were measured are of an incident']);
    expect(proposal).not.toHaveProperty('evidence');
  });
});
