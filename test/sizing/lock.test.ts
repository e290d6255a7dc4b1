import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isIntact, readLock, renderLock, sealed, type SizingLock } from '../../lib/sizing';
import { entry, orders, unsealed } from './entries';

const lockOf = (applications: SizingLock['applications']): SizingLock => ({
  version: 1,
  applications,
});

describe('a sizing lock', () => {
  it('is read as it was written', () => {
    const lock = lockOf({ shop: { orders: { orders: entry() } }, books: {} });
    expect(readLock(renderLock(lock))).toEqual({ lock });
  });

  it('is sorted by application, workload and container, so that a new one adds its lines alone', () => {
    const one = renderLock(lockOf({ shop: { orders: { orders: entry() } } }));
    const two = renderLock(
      lockOf({ shop: { zebra: { zebra: entry() }, orders: { orders: entry(), a: entry() } } }),
    );
    expect([...two.matchAll(/^ {6,8}"([a-z]+)": \{/gm)].map(([, name]) => name)).toEqual([
      'orders',
      'a',
      'orders',
      'zebra',
      'zebra',
    ]);
    const lines = new Set(two.split('\n').map((line) => line.replace(/,$/, '')));
    expect(one.split('\n').filter((line) => !lines.has(line.replace(/,$/, '')))).toEqual([]);
  });

  it('shows whatever is changed in an entry, and whose it is', () => {
    const whole = entry();
    expect(isIntact(orders, whole)).toBe(true);
    for (const key of Object.keys(unsealed) as (keyof typeof unsealed)[]) {
      expect([key, isIntact(orders, { ...whole, [key]: 'changed' })]).toEqual([key, false]);
    }
    const { evidence } = whole;
    expect(isIntact(orders, { ...whole, evidence: { ...evidence, oomKills: 1 } })).toBe(false);
    for (const part of ['application', 'workload', 'container'] as const) {
      expect(isIntact({ ...orders, [part]: 'other' }, whole)).toBe(false);
    }
  });

  it('stays intact when a tool writes its keys in another order', () => {
    const reversed = (value: unknown): unknown =>
      typeof value === 'object' && value !== null
        ? Object.fromEntries(
            Object.entries(value)
              .reverse()
              .map(([key, each]) => [key, reversed(each)]),
          )
        : value;
    expect(isIntact(orders, reversed(sealed(orders, unsealed)) as ReturnType<typeof entry>)).toBe(
      true,
    );
  });

  it('is refused, and never thrown on, whatever the file holds', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        const reading = readLock(text);
        if ('faults' in reading) expect(reading.faults.length).toBeGreaterThan(0);
        else expect(Object.keys(reading.lock)).toEqual(expect.arrayContaining(['version']));
      }),
    );
  });
});
