import { describe, expect, it } from '@jest/globals';
import {
  changeText,
  counted,
  countText,
  memoryText,
  shareText,
} from '../../../lib/rightsize/page/numbers';
import { cpuSteps, memorySteps, scaleOf, shareOfWidth } from '../../../lib/rightsize/page/scale';
import { Mi } from '../../sizing/recommend/shapes';

describe('numbers', () => {
  it.each([
    [0, '0%'],
    [0.00004, 'under 0.01%'],
    [0.0004, '0.04%'],
    [0.0181, '1.8%'],
    [0.02, '2%'],
    [0.256, '26%'],
    [0.9961, 'over 99%'],
    [1, '100%'],
  ])('the share %d is %s', (share, text) => expect(shareText(share)).toBe(text));

  it.each([
    [0.5, 0.33, '−34%'],
    [0.1, 0.3, '+200%'],
    [1, 1.001, 'under +1%'],
    [1, 0.999, 'under −1%'],
    [1, 1, undefined],
    [0, 1, undefined],
  ])('from %d to %d is %s', (before, after, text) => expect(changeText(before, after)).toBe(text));

  it('sets thousands apart from five digits on', () => {
    expect([9999, 10_000, 1_612_800].map(countText)).toEqual([
      '9999',
      '10\u202F000',
      '1\u202F612\u202F800',
    ]);
    expect([counted(1, 'pod'), counted(2, 'pod')]).toEqual(['1 pod', '2 pods']);
  });

  it('calls no memory nothing', () => {
    expect([0, 1, 512 * Mi, 1024 * Mi].map(memoryText)).toEqual(['0', '1Mi', '512Mi', '1Gi']);
  });
});

describe('a scale', () => {
  it('holds all amounts, with round ticks that fit side by side', () => {
    const scale = scaleOf([0.5, 0.33], [0.7], cpuSteps);
    expect(scale).toEqual({ end: 0.7 * 1.06, ticks: [0, 0.2, 0.4, 0.2 * 3], isCut: false });
    expect(shareOfWidth(scale, 0.33)).toBe(44.47);
  });

  it('has powers of two for memory', () => {
    const { ticks } = scaleOf([390 * Mi], [512 * Mi], memorySteps);
    expect(ticks).toEqual([0, 256 * Mi, 512 * Mi]);
  });

  it('is cut where an extreme is more than twice the rest', () => {
    expect(scaleOf([0.5], [1], cpuSteps)).toMatchObject({ end: 1.06, isCut: false });
    expect(scaleOf([0.5], [1.01], cpuSteps)).toMatchObject({ end: 0.6, isCut: true });
  });

  it('exists where nothing is requested or used', () => {
    const { end, ticks } = scaleOf([0], [0], cpuSteps);
    expect([end, ticks]).toEqual([0.001, [0, 0.001]]);
  });

  it.each([1e-9, 0.0003, 0.01, 1, 96, 12_000])('has at most five ticks up to %d cores', (most) => {
    const { ticks, end } = scaleOf([most], [], cpuSteps);
    expect(ticks.length).toBeLessThanOrEqual(5);
    expect(ticks.at(-1)).toBeLessThanOrEqual(end);
  });
});
