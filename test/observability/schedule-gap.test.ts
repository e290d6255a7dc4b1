import { describe, expect, it } from '@jest/globals';
import { longestGap } from '../../lib/workload';

const HOUR = 3600;
const DAY = 24 * HOUR;

describe('the longest gap of a schedule', () => {
  it.each([
    ['*/5 * * * *', 300],
    ['@hourly', HOUR],
    ['0 * * * *', HOUR],
    ['15 3 * * *', DAY],
    ['@daily', DAY],
    ['0 7 * * 1-5', 3 * DAY],
    ['0 8,20 * * *', 12 * HOUR],
    ['0 9-17 * * mon-FRI', 3 * DAY - 8 * HOUR],
    ['@weekly', 7 * DAY],
    ['0 0 1 * *', 31 * DAY],
    // Either of them is enough.
    ['0 0 1 * 1', 7 * DAY],
    ['0 0 31 * *', 61 * DAY],
    ['@yearly', 366 * DAY],
    ['0 0 29 2 *', 1461 * DAY],
  ])('%s is %d s', (cron, seconds) => {
    expect(longestGap(cron)).toBe(seconds);
  });
});
