import { describe, expect, it } from '@jest/globals';
import {
  coverageOf,
  readRecord,
  recordJson,
  recordName,
  type Experiment,
  type Verdict,
} from '../../lib/game-day';

const NOW = Date.UTC(2026, 10, 20);
const experiment = (id: string, subject: string): Experiment => ({
  ...{ id, application: 'shop', target: 'carts' },
  claim: { kind: subject.includes('->') ? 'hard-edge' : 'replicas', subject },
  ...{ fault: { kind: 'kill-pod' }, seconds: 60, hypothesis: 'It holds.', blastRadiusPercent: 50 },
  expects: { alerts: [], silent: [], holds: [], recoversWithinSeconds: 60 },
});
const verdict = (id: string, day: string, more: Partial<Verdict> = {}): Verdict => ({
  ...{ application: 'shop', experiment: id, environment: 'staging', rehearsed: false },
  ...{
    began: `${day}T10:00:00Z`,
    ended: `${day}T10:10:00Z`,
    outcome: 'held',
    answers: [],
    ...more,
  },
});

const experiments = [experiment('kill', 'carts'), experiment('cut', 'api -> carts')];
const coverage = (records: readonly Verdict[]) =>
  coverageOf({ application: 'shop' }, experiments, records, { now: NOW, maxAgeDays: 90 });
const findings = (records: readonly Verdict[]) =>
  coverage(records).experiments.map(({ finding }) => finding);

describe('coverage', () => {
  it('tells what was never exercised, and what not for too long', () => {
    expect(findings([verdict('cut', '2026-08-01')])).toEqual([
      'never exercised',
      'not exercised for 110 days',
    ]);
  });

  it('counts claims and edges, by rehearsal and in an environment', () => {
    const found = coverage([
      verdict('cut', '2026-11-01'),
      verdict('cut', '2026-11-10', { rehearsed: true }),
    ]);
    expect(found).toMatchObject({
      claims: { all: 2, exercised: 1 },
      edges: { all: 1, exercised: 1 },
    });
    expect(found.experiments[1]).toEqual({
      ...{ experiment: 'cut', claim: 'hard-edge', subject: 'api -> carts' },
      rehearsed: {
        at: '2026-11-10T10:00:00Z',
        ageDays: 9,
        environment: 'staging',
        outcome: 'held',
      },
      inEnvironment: {
        ...{ at: '2026-11-01T10:00:00Z', ageDays: 18, environment: 'staging', outcome: 'held' },
      },
    });
  });

  it('learns nothing of what was inconclusive, and finds what was refuted', () => {
    expect(
      findings([
        verdict('kill', '2026-11-01', { outcome: 'inconclusive' }),
        verdict('cut', '2026-11-01', { outcome: 'refuted' }),
        verdict('cut', '2026-11-10', { rehearsed: true }),
      ]),
    ).toEqual([
      'tried, and nothing was learnt',
      'refuted on 2026-11-01 in staging, and not held there since',
    ]);
  });

  it('finds what was refuted in one place and held in another one later', () => {
    const prod = { environment: 'prod', outcome: 'refuted' } as const;
    expect(
      findings([
        verdict('kill', '2026-11-01', prod),
        verdict('kill', '2026-11-10', { environment: 'dev' }),
        verdict('cut', '2026-11-01', { ...prod, rehearsed: true }),
        verdict('cut', '2026-11-10', { environment: 'prod' }),
      ]),
    ).toEqual([
      'refuted on 2026-11-01 in prod, and not held there since',
      'refuted on 2026-11-01 in a rehearsal of prod, and not held there since',
    ]);
  });

  it('finds what was refuted however long ago, until it is held there', () => {
    const records = [
      verdict('cut', '2026-06-01', { environment: 'prod', outcome: 'refuted' }),
      verdict('cut', '2026-11-10', { environment: 'dev' }),
    ];
    const held = verdict('cut', '2026-11-11', { environment: 'prod' });
    expect(findings(records)[1]).toContain('refuted on 2026-06-01 in prod');
    expect(findings([...records, held])[1]).toBeUndefined();
  });

  it('names verdicts about what nobody claims any more', () => {
    expect(coverage([verdict('gone', '2026-11-01')]).gone).toEqual(['gone']);
  });
});

describe('a record', () => {
  it('is read as it was written', () => {
    const one = verdict('cut', '2026-11-01');
    expect(readRecord(recordJson(one))).toEqual(one);
    expect(recordName(one)).toBe('2026-11-01T100000-cut.staging');
    expect(recordName({ ...one, rehearsed: true })).toBe('2026-11-01T100000-cut.staging.rehearsed');
    expect(recordName({ ...one, began: '2026-11-01T16:20:04.123Z' })).toBe(
      '2026-11-01T162004-cut.staging',
    );
  });

  it.each([
    ['{', 'it is no JSON'],
    ['[]', 'it is no verdict'],
    ['{"application":"shop"}', 'it lacks experiment'],
    [JSON.stringify({ ...verdict('a', '2026-11-01'), outcome: 'fine' }), 'its outcome is none'],
    [JSON.stringify({ ...verdict('a', '2026-11-01'), began: 'now' }), 'its begin is no time'],
    [JSON.stringify({ ...verdict('a', '2026-11-01'), answers: 1 }), 'it lacks answers'],
  ])('of %s is broken', (text, found) => {
    expect(readRecord(text)).toBe(found);
  });
});
