import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { inspect } from 'node:util';
import { external, later, secret } from '../../lib';
import { describe as describeValue, nearest, oneLine, reasonOf } from '../../lib/foundation';
import { anything } from '../application/hostile-values';

const refuse = (): never => {
  throw new TypeError('refused');
};
const revoked = Proxy.revocable({}, {});
revoked.revoke();
const endless: unknown[] = [];
endless.length = 2 ** 32 - 1;
const traps = { get: refuse, has: refuse, ownKeys: refuse, getPrototypeOf: refuse };

/** Values that throw when they are looked at, or that have no end. */
const untouchable: readonly unknown[] = [
  revoked.proxy,
  new Proxy({}, traps),
  new Proxy(() => 1, traps),
  { [inspect.custom]: refuse },
  {
    get [Symbol.toStringTag]() {
      return refuse();
    },
  },
  {
    get constructor() {
      return refuse();
    },
  },
  {
    get a() {
      return refuse();
    },
  },
  Object.defineProperty(new Error('x'), 'message', { get: refuse }),
  Object.defineProperty(new Error('x'), 'stack', { get: refuse }),
  endless,
  'x'.repeat(10_000_000),
  '😀'.repeat(1_000_000),
  Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`key${index}`, index])),
  new Map(Array.from({ length: 100_000 }, (_, index) => [index, index])),
  Symbol('a\nb'),
];

const isShort = (text: string): boolean =>
  text.length > 0 && text.length <= 80 && !/[\p{Cc}\p{Surrogate}\u2028\u2029]/u.test(text);

describe('a found value', () => {
  it('is shown on one short line, whatever it is', () => {
    fc.assert(
      fc.property(anything, (value) => isShort(describeValue(value)) && isShort(reasonOf(value))),
      { numRuns: 3000 },
    );
  });

  it.each(untouchable.map((value, index) => ({ index, value })))(
    'is shown even when it throws or has no end ($index)',
    ({ value }) => {
      expect(isShort(describeValue(value))).toBe(true);
      expect(isShort(reasonOf(value))).toBe(true);
    },
  );

  it('has both of its quotes when it is cut off', () => {
    expect(describeValue('x'.repeat(79))).toBe(`'${'x'.repeat(77)}…'`);
    expect(describeValue(`it's ${'x'.repeat(79)}`)).toBe(`"it's ${'x'.repeat(72)}…"`);
    expect(describeValue('x'.repeat(78))).toBe(`'${'x'.repeat(78)}'`);
    expect(describeValue(['x'.repeat(100)])).toBe(`[ '${'x'.repeat(76)}…`);
  });

  it('is named when it comes from this library', () => {
    expect(describeValue(secret('stripe-key'))).toBe('the secret stripe-key');
    expect(describeValue(external('a.example.com').url)).toBe('the url of a.example.com');
    expect(describeValue(later(() => external('a.example.com')))).toBe('later(…)');
  });

  it('is cut off between characters', () => {
    expect(oneLine('a😀😀', 3)).toBe('a…');
    expect(oneLine('a😀😀', 4)).toBe('a😀…');
    expect(oneLine('a\ud800\n\u001b[31m', 80)).toBe('a\ufffd [31m');
  });
});

describe('the nearest name', () => {
  it('is found at once for a name of any length', () => {
    const start = performance.now();
    expect(nearest('x'.repeat(10_000_000), ['health', 'port'])).toBeUndefined();
    expect(performance.now() - start).toBeLessThan(100);
    expect(nearest('helth', ['health', 'port'])).toBe('health');
  });
});
