import { describe, expect, it } from '@jest/globals';
import type { AlertRun } from '../../lib/evidence';
import { regressionOf, regressionText } from '../../lib/postmortem';
import type { ReplayedAlert } from '../../lib/replay';

const page = { alertname: 'Burn', application: 'shop', service: 'api', severity: 'page' };
const fired = (at: number): AlertRun => ({
  ...{ ...page, labels: page, pendingSince: at, firingSince: at, query: 'ALERTS' },
});
const replayed = (at?: number, more: Partial<ReplayedAlert> = {}): ReplayedAlert => ({
  ...{ alert: 'Burn', labels: page, measured: { missing: [] } },
  firings: at === undefined ? [] : [{ from: at, to: at + 600, labels: page }],
  ...more,
});

describe("an incident over today's rules", () => {
  it.each([
    [1660, 1000, "Today's rules would have paged 11 min earlier."],
    [1000, 1660, "Today's rules would have paged 11 min later."],
    [1000, 1030, "Today's rules would have paged as soon as those of then."],
    [1000, undefined, "Today's rules would not have paged at all."],
    [undefined, 1000, "Nobody was paged then; today's rules would have paged."],
    [undefined, undefined, "Nobody was paged then, and today's rules would not have paged either."],
  ])('which paged at %p then and at %p today', (then, now, text) => {
    const before = then === undefined ? [] : [fired(then)];
    expect(regressionText(regressionOf(before, [replayed(now)], 60))).toBe(text);
  });

  it('is not judged by series that are not there', () => {
    const blind = replayed(undefined, { measured: { missing: ['requests_total'] } });
    expect(regressionOf([fired(1000)], [blind], 60)).toMatchObject({
      ...{ outcome: 'not judged', isJudged: false },
      pages: [{ then: 1000, fault: 'has no samples of requests_total' }],
    });
  });
});
