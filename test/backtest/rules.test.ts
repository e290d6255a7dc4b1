import { describe, expect, it } from '@jest/globals';
import { recommend } from '../../lib/sizing';
import { krr } from '../../scripts/backtest/krr';
import { ours } from '../../scripts/backtest/ours';
import {
  bucketOf,
  bucketStart,
  cpuBuckets,
  histogramPercentile,
  memoryBuckets,
  vpa,
} from '../../scripts/backtest/vpa';
import type { Day } from '../../scripts/backtest/windows';
import { Mi, steady, subject } from '../sizing/recommend/shapes';

const START = 20_460;

/** Days of four samples each, the first of them at the day's largest memory. */
const daysOf = (...days: readonly (readonly [cpu: number, memory: number])[]): readonly Day[] =>
  days.map(([cpu, memory], at) => ({
    number: START + at,
    times: [0, 6, 12, 18].map((hour) => (START + at) * 86_400 + hour * 3600),
    cpu: [cpu, cpu, cpu, cpu],
    memory: [memory, memory / 2, memory / 2, memory / 2],
  }));

describe("VPA's histogram", () => {
  it('has buckets of which each is 5 % wider than the one before', () => {
    // Widths 0.01, 0.0105, 0.011025, 0.01157625.
    const edges = [0, 0.01, 0.0205, 0.031525, 0.04310125];
    edges.forEach((edge, bucket) => {
      expect(bucketStart(cpuBuckets, bucket)).toBeCloseTo(edge, 12);
    });
    expect(bucketStart(memoryBuckets, 2)).toBeCloseTo(20.5e6, 3);
  });

  it('puts an edge into the bucket that begins there', () => {
    const found = [0, 0.0099, 0.01, 0.0204, bucketStart(cpuBuckets, 2), 0.0316];
    expect(found.map((each) => bucketOf(cpuBuckets, each))).toEqual([0, 0, 1, 1, 2, 3]);
    for (let bucket = 0; bucket < 150; bucket++) {
      expect(bucketOf(cpuBuckets, bucketStart(cpuBuckets, bucket))).toBe(bucket);
    }
  });

  it('answers with the upper edge', () => {
    const samples = [
      { value: 0.005, weight: 9 },
      { value: 0.03, weight: 1 },
    ];
    expect(histogramPercentile(cpuBuckets, samples, 0.9)).toBeCloseTo(0.01, 12);
    expect(histogramPercentile(cpuBuckets, samples, 0.91)).toBeCloseTo(0.031525, 12);
  });

  it('goes no further than its largest value', () => {
    const top = histogramPercentile(cpuBuckets, [{ value: 1e9, weight: 1 }], 0.9);
    expect(top).toBeGreaterThan(1000);
    expect(top).toBeLessThan(1051);
  });
});

describe("VPA's target", () => {
  it('is the upper edge of the P90 with 15 % on top', () => {
    // 0.1 is in the bucket from 0.0955 to 0.2 x (1.05^9 - 1) = 0.1102656.
    expect(vpa.cpu(daysOf([0.1, 1e8])).plain).toBeCloseTo(0.1102656 * 1.15, 6);
    // 5e8 is in the bucket from 4.86e8 to 2e8 x (1.05^26 - 1) = 511134539.
    expect(vpa.memory(daysOf([0.1, 5e8])).plain).toBeCloseTo(511_134_539 * 1.15, -1);
  });

  it('forgets by half in a day', () => {
    // Three calm days weigh 1/2 + 1/4 + 1/8 of all but the busy one before them, which has 1/15.
    const [calm, busy] = [
      [0.1, 1e8],
      [2, 2e9],
    ] as const;
    expect(vpa.cpu(daysOf(busy, calm, calm, calm)).plain).toBeCloseTo(0.1268, 4);
    expect(vpa.cpu(daysOf(busy, calm, calm)).plain).toBeGreaterThan(2);
    expect(vpa.memory(daysOf(busy, calm, calm)).plain).toBeGreaterThan(2e9);
  });

  it('has a floor of 25m and 250 MiB', () => {
    const day = daysOf([0.001, Mi]);
    expect([vpa.cpu(day).shipped, vpa.memory(day).shipped]).toEqual([0.025, 250 * Mi]);
  });
});

describe("KRR's simple strategy", () => {
  it('is the P95 of CPU and the largest memory with 15 % on top', () => {
    const twenty = daysOf(...Array.from({ length: 21 }, (_, at) => [at / 10, 1e9] as const));
    // 84 samples, each value four times: the one at 0.95 x 83 = 78.85 is of the 20th value.
    expect(krr.cpu(twenty).plain).toBeCloseTo(1.9, 10);
    expect(krr.memory(twenty).plain).toBeCloseTo(1.15e9, 0);
  });

  it('has a floor of 10m and 100 MiB', () => {
    const day = daysOf([0.001, Mi]);
    expect([krr.cpu(day).shipped, krr.memory(day).shipped]).toEqual([0.01, 100 * Mi]);
  });
});

describe('our rule', () => {
  it('asks for what a proposal wants', () => {
    const fortnight = daysOf(...Array.from({ length: 14 }, () => [0.302, 300 * Mi] as const));
    for (const tier of ['standard', 'critical'] as const) {
      const { cpu, memory } = recommend(subject({ tier }), steady(0.302, 300 * Mi));
      const rule = ours(tier);
      expect([rule.cpu(fortnight).shipped, rule.memory(fortnight).shipped]).toEqual([
        cpu.wanted,
        memory.wanted,
      ]);
      expect(rule.cpu(fortnight).plain).toBeCloseTo(0.302, 10);
    }
  });
});
