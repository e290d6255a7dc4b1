import { describe, expect, it } from '@jest/globals';
import {
  judgeDrift,
  recommend,
  type Measurements,
  type PodDay,
  type SizingSubject,
} from '../../../lib/sizing';
import { days, entryOf, measured, Mi, SAMPLES, steady, steadyDay, subject } from './shapes';

const driftOf = (one: SizingSubject, evidence: Measurements | undefined) =>
  judgeDrift(one, evidence, recommend(one, evidence));

/** A day of which a share is at 900m. */
const burstyDay = (day: string, share: number): PodDay => ({
  day,
  pod: 'a',
  samples: SAMPLES,
  memoryMax: 390 * Mi,
  cpu: [
    { quantile: 0, value: 0.02 },
    { quantile: 1 - share, value: 0.02 },
    { quantile: 1 - share, value: 0.9 },
    { quantile: 1, value: 0.9 },
  ],
});
const bursty = (share: number) => measured(days.map((day) => burstyDay(day, share)));

describe('the verdict over', () => {
  it('is given above one and a half times the proposal', () => {
    expect(driftOf(subject(), steady(0.3, 390 * Mi))).toEqual({
      verdict: 'over',
      reasons: [
        'cpu: 500m is requested, and 300m would do',
        'cpu: p98 of its use with a half-life of 24 h is 300m',
      ],
    });
    expect(driftOf(subject(), steady(0.35, 390 * Mi)).verdict).toBe('right');
    expect(driftOf(subject(), steady(0.5, 250 * Mi)).reasons[0]).toBe(
      'memory: 512Mi is requested, and 330Mi would do',
    );
  });

  it('is not given for a saving too small to matter', () => {
    const small = subject({ request: { cpu: 0.08, memory: 120 * Mi } });
    expect(driftOf(small, steady(0.04, 50 * Mi)).verdict).toBe('right');
  });

  it('is not given for low mean use alone', () => {
    const one = subject({ request: { cpu: 0.91, memory: 512 * Mi } });
    // Mean use is 6 % of the request.
    expect(driftOf(one, bursty(0.04)).verdict).toBe('right');
  });

  it('is not given where the proposal is held', () => {
    expect(driftOf(subject(), steady(0.05, 50 * Mi, { incident: true })).verdict).toBe('right');
  });
});

describe('the verdict under', () => {
  const says = (share: string, borne: string, tier: string) =>
    `cpu: ${share} of its use is above the request of 500m, where the tier ${tier} bears ${borne}`;

  it('is given where more of the use is above the request than the tier bears', () => {
    expect(driftOf(subject(), bursty(0.06))).toEqual({
      verdict: 'under',
      reasons: [says('6%', '5%', 'standard')],
    });
    expect(driftOf(subject(), bursty(0.04)).verdict).toBe('right');
    expect(driftOf(subject({ tier: 'critical' }), bursty(0.02)).reasons).toEqual([
      says('2%', '1%', 'critical'),
    ]);
  });

  it('is given where memory came near its limit', () => {
    expect(driftOf(subject(), steady(0.5, 470 * Mi))).toEqual({
      verdict: 'under',
      reasons: ['memory: the most of its use is 470Mi, more than 90% of the limit of 512Mi'],
    });
  });

  it('is given after a kill, until the limit is raised', () => {
    const killed = steady(0.5, 200 * Mi, { oom: { kills: 1, limit: 512 * Mi } });
    expect(driftOf(subject(), killed)).toEqual({
      verdict: 'under',
      reasons: ['memory: it was killed once for want of memory, at a limit of 512Mi'],
    });
    const raised = subject({ request: { cpu: 0.5, memory: 620 * Mi } });
    expect(driftOf(raised, killed).verdict).toBe('right');
  });

  it('is not given for these days after a bounded step, and is for any other breach', () => {
    const busy = steady(0.9, 400 * Mi);
    const small = subject({ request: { cpu: 0.1, memory: 680 * Mi } });
    const first = recommend(small, busy);
    expect([first.cpu.request, first.evidence?.wanted]).toEqual([0.3, { cpu: 0.91 }]);
    const taken = { cpu: 0.3, memory: first.memory.request };
    const next = subject({ request: taken, previous: entryOf(first) });
    expect(recommend(next, busy).state).toBe('keep');
    expect(driftOf(next, busy).verdict).toBe('right');
    // The same days had been measured in part, or with days of an incident left out.
    const partly = recommend(subject({ request: taken }), steady(0.3, 400 * Mi));
    const wrong = subject({ request: taken, previous: entryOf(partly) });
    expect(driftOf(wrong, busy).verdict).toBe('under');
    expect(recommend(wrong, busy).cpu.request).toBe(0.82);
  });

  it('goes before over', () => {
    expect(driftOf(subject(), steady(0.1, 500 * Mi)).verdict).toBe('under');
  });
});

describe('the verdict insufficient-data', () => {
  it('is given without metrics, and with too few days', () => {
    expect(driftOf(subject(), undefined)).toEqual({
      verdict: 'insufficient-data',
      reasons: ['no metrics of it were found'],
    });
    const young = measured(days.slice(0, 3).map((day) => steadyDay(day, 0.1, 100 * Mi)));
    expect(driftOf(subject(), young)).toEqual({
      verdict: 'insufficient-data',
      reasons: ['3 whole days were measured, of 7 that a change takes'],
    });
  });
});
