import { describe, expect, it } from '@jest/globals';
import { tryMilliseconds } from '../../../lib/guardrail/graph/durations';
import { timeoutsNest } from '../../../lib/guardrail/graph/timeouts-nest';
import { findings, withSpec } from './scene';

describe('A duration of the Gateway API', () => {
  it.each([
    ['0s', 0],
    ['10s', 10_000],
    ['100ms', 100],
    ['1h30m', 5_400_000],
    ['1m2s3ms', 62_003],
    ['1h1m1s1ms', 3_661_001],
  ])('%s is %i ms', (text, milliseconds) => {
    expect(tryMilliseconds(text)).toBe(milliseconds);
  });

  it.each([[''], ['10'], ['1.5s'], ['-1s'], ['123456s'], ['1d'], ['1s '], [10], [null]])(
    '%j is none',
    (value) => {
      expect(tryMilliseconds(value)).toBeUndefined();
    },
  );
});

describe('timeouts-nest', () => {
  const found = (timeouts: unknown, retry?: unknown) =>
    findings(timeoutsNest, [withSpec('HTTPRoute', 'orders', { rules: [{}, { timeouts, retry }] })]);

  it('passes when the request holds all tries', () => {
    expect(found({ request: '10s', backendRequest: '10s' })).toEqual([]);
    expect(found({ request: '6s', backendRequest: '2s' }, { attempts: 2 })).toEqual([]);
    expect(
      found({ request: '6200ms', backendRequest: '2s' }, { attempts: 2, backoff: '100ms' }),
    ).toEqual([]);
  });

  it('passes when a timeout is missing or switched off', () => {
    expect(found(undefined, { attempts: 3 })).toEqual([]);
    expect(found({ request: '1s' }, { attempts: 3 })).toEqual([]);
    expect(found({ backendRequest: '1s' })).toEqual([]);
    expect(found({ request: '0s', backendRequest: '1s' })).toEqual([]);
    expect(found({ request: '1s', backendRequest: '0s' })).toEqual([]);
  });

  it('reports when one try takes longer', () => {
    expect(found({ request: '5s', backendRequest: '1m' })).toEqual([
      'HTTPRoute/orders: rules[1]: timeouts.backendRequest is 1m, and timeouts.request is 5s',
    ]);
  });

  it('reports when all tries take longer', () => {
    const timeouts = { request: '6s', backendRequest: '2s' };
    expect(found(timeouts, { attempts: 3 })).toEqual([
      'HTTPRoute/orders: rules[1]: 4 tries of 2s take 8s, and timeouts.request is 6s',
    ]);
    expect(found(timeouts, { attempts: 2, backoff: '100ms' })).toEqual([
      'HTTPRoute/orders: rules[1]: 3 tries of 2s and the pauses between take 6.2s, and timeouts.request is 6s',
    ]);
  });

  it('is silent about what is no duration', () => {
    expect(found({ request: 'soon', backendRequest: '1m' })).toEqual([]);
    expect(found({ request: '1s', backendRequest: '1s' }, { attempts: 'many' })).toEqual([]);
  });
});
