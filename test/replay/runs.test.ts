import { describe, expect, it } from '@jest/globals';
import { rulesOf, runsOf, secondsIn, tryPromSeconds } from '../../lib/replay';

const points = (...times: readonly number[]) => times.map((at) => ({ at, value: 0 }));

describe('the times in which an alert fires', () => {
  it('are runs of points without a break, each of which stands for a step', () => {
    const runs = runsOf(points(600, 900, 1800), 300, 0);
    expect(runs).toEqual([
      { from: 600, to: 1200 },
      { from: 1800, to: 2100 },
    ]);
    expect(secondsIn(runs)).toBe(900);
  });

  it('begin when it has held for as long as it must, and are none when it does not', () => {
    expect(runsOf(points(0, 300, 600, 900), 300, 900)).toEqual([{ from: 900, to: 1200 }]);
    expect(runsOf(points(0, 300, 600), 300, 900)).toEqual([]);
    expect(runsOf(points(0, 300), 300, 60)).toEqual([{ from: 60, to: 600 }]);
  });

  it('are one over a break of less than five minutes', () => {
    expect(runsOf(points(0, 60, 300), 60, 0)).toEqual([{ from: 0, to: 360 }]);
    expect(runsOf(points(0, 360), 60, 0)).toHaveLength(2);
  });
});

describe('a rule as it was rendered', () => {
  it('has the interval of its group, and what Prometheus takes where something is left out', () => {
    const rules = [
      { record: 'a:b', expr: 1, labels: { x: 'y' } },
      { alert: 'A', expr: 'up', for: '1d12h' },
      { comment: 'no rule' },
    ];
    expect(
      rulesOf({ groups: [{ interval: '30s', rules }, { rules: [{ alert: 'B', expr: 'up' }] }] }),
    ).toEqual([
      {
        kind: 'recording',
        name: 'a:b',
        expression: '1',
        labels: { x: 'y' },
        forSeconds: 0,
        intervalSeconds: 30,
      },
      {
        kind: 'alert',
        name: 'A',
        expression: 'up',
        labels: {},
        forSeconds: 129_600,
        intervalSeconds: 30,
      },
      {
        kind: 'alert',
        name: 'B',
        expression: 'up',
        labels: {},
        forSeconds: 0,
        intervalSeconds: 60,
      },
    ]);
    expect(rulesOf(undefined)).toEqual([]);
  });

  it.each([
    ['5m', 300],
    ['1h30m', 5400],
    ['500ms', 0.5],
    ['2w', 1_209_600],
    ['5', undefined],
    ['m', undefined],
    [5, undefined],
  ])('reads the duration %p', (text, seconds) => {
    expect(tryPromSeconds(text)).toBe(seconds);
  });
});
