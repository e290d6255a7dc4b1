import { describe, expect, it } from '@jest/globals';
import {
  budgetMinutes,
  budgetOf,
  detection,
  factor,
  threshold,
  timeToBurn,
  WINDOW_PAIRS,
} from '../../lib/observability';

const timing = { scrapeSeconds: 30, evaluationSeconds: 30, groupWaitSeconds: 30 };

describe('the predicted time to detect', () => {
  // Measured with promtool every 15 seconds: 45 to 60 s, 510 to 540 s, 2580 to 2625 s.
  it.each([
    [1, 51.84],
    [0.1, 518.4],
    [0.02, 2592],
  ])('of %d of the requests of a 99.9 % service is a page after %d s', (ratio, seconds) => {
    expect(timeToBurn('page', 99.9, ratio)).toBe(seconds);
  });

  it('is that of the slow pair where the fast one never burns', () => {
    expect(timeToBurn('page', 99.9, 0.014)).toBe(9257.14285714);
    expect(timeToBurn('page', 99.9, 0.006)).toBeUndefined();
  });

  it('of a ticket knows that long windows lag behind', () => {
    expect(timeToBurn('ticket', 99.9, 1)).toBe(409.2);
    expect(timeToBurn('ticket', 99.99, 1)).toBe(124.707658145);
    expect(timeToBurn('ticket', 99.9, 1, 'time')).toBe(259.2);
    expect(timeToBurn('ticket', 99.9, 0.001)).toBeUndefined();
  });

  it('adds the scrape, the evaluation and the group wait at their longest', () => {
    expect(detection(99.9, timing)).toEqual([
      { severity: 'page', errorRatio: 1, burnSeconds: 51.84, seconds: 171.84 },
      { severity: 'page', errorRatio: 0.1, burnSeconds: 518.4, seconds: 638.4 },
      { severity: 'page', errorRatio: 0.02, burnSeconds: 2592, seconds: 2712 },
      { severity: 'ticket', errorRatio: 1, burnSeconds: 409.2, seconds: 619.2 },
      { severity: 'ticket', errorRatio: 0.1, burnSeconds: 2742, seconds: 2952 },
      { severity: 'ticket', errorRatio: 0.02, burnSeconds: 13_110, seconds: 13_320 },
    ]);
    expect(detection(99, timing, 'time').map(({ burnSeconds }) => burnSeconds)).toEqual([
      518.4, 2592,
    ]);
  });

  it('leaves out what a low objective never notices', () => {
    const of = (severity: string) =>
      detection(90, timing).flatMap((each) => (each.severity === severity ? each.errorRatio : []));
    expect(of('page')).toEqual([1]);
    expect(of('ticket')).toEqual([1]);
  });
});

describe('a budget', () => {
  it('is rounded, so that nobody reads the noise of binary fractions', () => {
    expect([99.9, 99.95, 99.5, 99.999].map(budgetOf)).toEqual([0.001, 0.0005, 0.005, 0.00001]);
    expect([99.9, 99, 99.999].map(budgetMinutes)).toEqual([43.2, 432, 0.432]);
    expect(WINDOW_PAIRS.map(factor)).toEqual([14.4, 6, 3, 1]);
    expect(WINDOW_PAIRS.map((pair) => threshold(pair, 99.9))).toEqual([
      0.0144, 0.006, 0.003, 0.001,
    ]);
  });
});
