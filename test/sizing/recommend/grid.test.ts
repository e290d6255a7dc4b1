import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cpuGrid, memoryGrid, roundDown, roundUp } from '../../../lib/sizing/recommend/grid';
import { Mi } from './shapes';

describe('the grid', () => {
  it('rounds CPU up and down on E24', () => {
    const amounts = [0.011, 0.0111, 0.1, 0.1001, 0.914, 0.95, 1, 3.95];
    expect(amounts.map((each) => roundUp(cpuGrid, each))).toEqual([
      0.011, 0.012, 0.1, 0.11, 1, 1, 1, 4.3,
    ]);
    expect(amounts.map((each) => roundDown(cpuGrid, each))).toEqual([
      0.011, 0.011, 0.1, 0.1, 0.91, 0.91, 1, 3.9,
    ]);
  });

  it('rounds memory in mebibytes', () => {
    expect(roundUp(memoryGrid, 100 * Mi)).toBe(100 * Mi);
    expect(roundUp(memoryGrid, 100 * Mi + 1)).toBe(110 * Mi);
    expect(roundDown(memoryGrid, 1024 * Mi)).toBe(1000 * Mi);
  });

  it('has a floor of 10m and 32Mi', () => {
    expect([roundUp(cpuGrid, 0), roundDown(cpuGrid, 0.001)]).toEqual([0.01, 0.01]);
    expect([roundUp(memoryGrid, Mi), roundDown(memoryGrid, 32 * Mi)]).toEqual([32 * Mi, 32 * Mi]);
    expect(roundUp(memoryGrid, 32.1 * Mi)).toBe(33 * Mi);
  });

  it('is nowhere coarser than a sixth, never rounds the wrong way, and stays where it is', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.0101, max: 1000, noNaN: true }), (amount) => {
        const up = roundUp(cpuGrid, amount);
        const down = roundDown(cpuGrid, amount);
        expect(up).toBeGreaterThanOrEqual(amount * (1 - 1e-8));
        expect(down).toBeLessThanOrEqual(amount * (1 + 1e-8));
        expect(up / amount).toBeLessThan(1.16);
        expect([roundUp(cpuGrid, up), roundDown(cpuGrid, up)]).toEqual([up, up]);
      }),
    );
  });
});
