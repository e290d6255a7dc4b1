import { describe, expect, it } from '@jest/globals';
import { rises } from '../../../lib/sizing/recommend/trend';

const fortnight = Array.from({ length: 14 }, (_, day) => day);

describe('a rise from day to day', () => {
  it('is seen in a leak, also through noise', () => {
    expect(rises(fortnight.map((day) => 100 + 5 * day))).toBe(true);
    expect(rises(fortnight.map((day) => 100 + 5 * day + (day % 3) * 8))).toBe(true);
    expect(rises([100, 103, 106, 109, 112, 115, 118])).toBe(true);
  });

  it('is not seen in what is steady, swings, falls, or leaps once', () => {
    expect(rises(fortnight.map(() => 100))).toBe(false);
    expect(rises(fortnight.map((day) => 100 + (day % 7) * 10))).toBe(false);
    expect(rises(fortnight.map((day) => 100 - day))).toBe(false);
    expect(rises(fortnight.map((day) => (day === 13 ? 200 : 100)))).toBe(false);
  });

  it('is not seen where it is too small to matter', () => {
    expect(rises(fortnight.map((day) => 100 + 0.5 * day))).toBe(false);
  });

  it('is not seen in less than a week', () => {
    expect(rises([1, 2, 3, 4, 5, 6])).toBe(false);
  });
});
