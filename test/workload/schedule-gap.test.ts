import { describe, expect, it } from '@jest/globals';
import { runsEveryHour, tryLongestGapSeconds } from '../../lib/workload';

const HOUR = 3600;
const DAY = 24 * HOUR;

describe('the longest gap between two runs', () => {
  it.each([
    ['* * * * *', 60],
    ['*/5 * * * *', 300],
    ['*/25 * * * *', 1500],
    ['15 3 * * *', DAY],
    ['0 8,20 * * *', 12 * HOUR],
    ['0 8-18 * * *', 14 * HOUR],
    ['0 8-18/2 * * *', 14 * HOUR],
    ['0 9 * * mon-fri', 3 * DAY],
    ['0 0 1 * *', 31 * DAY],
    ['0 0 31 * *', 61 * DAY],
    ['0 0 29 2 *', 1461 * DAY],
    ['0 0 13 * fri', 7 * DAY],
    ['0 0 */2 * *', 2 * DAY],
    ['0 0 1 1,7 ?', 184 * DAY],
    ['@hourly', HOUR],
    ['@daily', DAY],
    ['@weekly', 7 * DAY],
    ['@yearly', 366 * DAY],
  ])('of %s is %d seconds', (schedule, seconds) => {
    expect(tryLongestGapSeconds(schedule)).toBe(seconds);
  });

  it('is unknown when it never runs', () => {
    expect(tryLongestGapSeconds('0 0 30 2 *')).toBeUndefined();
  });

  it('is the same in summer when every hour has a run', () => {
    expect([
      runsEveryHour('*/5 * * * *'),
      runsEveryHour('@hourly'),
      runsEveryHour('0 3 * * *'),
    ]).toEqual([true, true, false]);
  });
});
