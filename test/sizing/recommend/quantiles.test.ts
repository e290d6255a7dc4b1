import { describe, expect, it } from '@jest/globals';
import { mixtureQuantile, part, point, shareAbove } from '../../../lib/sizing/recommend/quantiles';

const line = (weight: number, to: number) => part(weight, [{ quantile: 1, value: to }]);

describe('a mixture of quantile functions', () => {
  it('is the one function where there is one', () => {
    expect(mixtureQuantile([line(3, 10)], 0.98)).toBeCloseTo(9.8, 10);
    expect(shareAbove([line(3, 10)], 9)).toBeCloseTo(0.1, 10);
  });

  it('is linear between the given points, whatever their order', () => {
    const given = [
      { quantile: 0.9, value: 4 },
      { quantile: 1, value: 8 },
      { quantile: 0.5, value: 2 },
    ];
    const parts = [part(1, given)];
    expect(mixtureQuantile(parts, 0.25)).toBeCloseTo(1, 10);
    expect(mixtureQuantile(parts, 0.7)).toBeCloseTo(3, 10);
    expect(mixtureQuantile(parts, 0.95)).toBeCloseTo(6, 10);
    expect(shareAbove(parts, 6)).toBeCloseTo(0.05, 10);
  });

  it('ends at the highest point that is given', () => {
    const parts = [part(1, [{ quantile: 0.95, value: 4 }])];
    expect(mixtureQuantile(parts, 1)).toBe(4);
    expect(shareAbove(parts, 4)).toBe(0);
  });

  it('counts each part by its weight', () => {
    // 3/4 lie evenly below 1 and 1/4 between 0 and 4: at 1, 3/4 + 1/16 are reached, and the rest is linear to 4.
    const parts = [line(3, 1), line(1, 4)];
    expect(shareAbove(parts, 1)).toBeCloseTo(3 / 16, 10);
    expect(mixtureQuantile(parts, 1 - 1 / 16)).toBeCloseTo(3, 10);
    expect(mixtureQuantile(parts, 13 / 16)).toBeCloseTo(1, 10);
  });

  it('leaps where a part has one value', () => {
    const parts = [point(1, 1), point(1, 2), point(2, 5)];
    expect([0.25, 0.26, 0.5, 0.51, 1].map((each) => mixtureQuantile(parts, each))).toEqual([
      1, 2, 2, 5, 5,
    ]);
    expect([0.5, 1, 1.5, 2, 5].map((each) => shareAbove(parts, each))).toEqual([
      1, 0.75, 0.75, 0.5, 0,
    ]);
  });

  it('takes both ends of a leap between two slopes', () => {
    // Half lies evenly below 2, half is 1: at 1 the weight leaps from 1/4 to 3/4.
    const parts = [line(1, 2), point(1, 1)];
    expect(mixtureQuantile(parts, 0.125)).toBeCloseTo(0.5, 10);
    for (const each of [0.25, 0.5, 0.75]) expect(mixtureQuantile(parts, each)).toBeCloseTo(1, 10);
    expect(mixtureQuantile(parts, 0.875)).toBeCloseTo(1.5, 10);
  });

  it('leaves out what has no weight, no points, or no numbers', () => {
    const odd = part(1, [{ quantile: 0.5, value: NaN }]);
    expect(mixtureQuantile([odd, part(1, []), point(0, 9), point(1, 2)], 0.98)).toBe(2);
    expect(mixtureQuantile([odd], 0.98)).toBeUndefined();
    expect(shareAbove([], 1)).toBe(0);
  });

  it('takes points that fall for level', () => {
    const parts = [
      part(1, [
        { quantile: 0.5, value: 4 },
        { quantile: 1, value: 3 },
      ]),
    ];
    expect(mixtureQuantile(parts, 1)).toBe(4);
  });
});
