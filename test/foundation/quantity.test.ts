import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { quantityNanos, tryParseQuantity } from '../../lib/foundation';

const BILLION = 10n ** 9n;
const suffixes = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi'];
const exponents = ['e-12', 'E-3', 'e0', 'e+6', 'E9'];

/** What Kubernetes reads as a quantity. */
const quantities = fc
  .record({
    sign: fc.constantFrom('', '-', '+'),
    whole: fc.bigInt(0n, 10n ** 12n).map(String),
    fraction: fc.option(fc.stringMatching(/^\d{0,12}$/), { nil: undefined }),
    suffix: fc.constantFrom(...suffixes, ...exponents),
  })
  .map(({ sign, whole, fraction, suffix }) => {
    return `${sign}${whole}${fraction === undefined ? '' : `.${fraction}`}${suffix}`;
  });

describe('a quantity', () => {
  it('is the same amount as a number and in billionths', () => {
    fc.assert(
      fc.property(quantities, (text) => {
        const exact = Number(quantityNanos(text)) / 1e9;
        expect(Math.abs((tryParseQuantity(text) ?? NaN) - exact)).toBeLessThanOrEqual(
          Math.abs(exact) * Number.EPSILON,
        );
      }),
    );
  });

  it('is none as a number where it is none in billionths', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(tryParseQuantity(text) === undefined).toBe(quantityNanos(text) === undefined);
      }),
    );
  });

  it('keeps whole amounts to the last digit', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (count) => {
        expect(tryParseQuantity(String(count))).toBe(count);
        expect(quantityNanos(String(count))).toBe(BigInt(count) * BILLION);
      }),
    );
  });

  it('is in the order of its amounts', () => {
    fc.assert(
      fc.property(quantities, quantities, (one, other) => {
        const [a, b] = [quantityNanos(one)!, quantityNanos(other)!];
        if (a <= b) expect(tryParseQuantity(one)).toBeLessThanOrEqual(tryParseQuantity(other)!);
      }),
    );
  });

  it.each([
    ['0.1n', 1n],
    ['-0.1n', -1n],
    ['1.0000000001', BILLION + 1n],
    ['1e-400', 1n],
    ['0e400', 0n],
    ['7Ei', 7n * 2n ** 60n * BILLION],
    ['8Ei', (2n ** 63n - 1n) * BILLION],
    ['-9Ei', -(2n ** 63n - 1n) * BILLION],
    ['10E', 10n ** 19n * BILLION],
  ])('%s is rounded away from zero, and cut off only after a binary suffix', (text, nanos) => {
    expect(quantityNanos(text)).toBe(nanos);
  });

  it.each([
    '1e999999999',
    '-1e999999999',
    '1e-999999999',
    '9'.repeat(100_000),
    '1e'.repeat(50_000),
  ])('takes no time where it is absurd: %.12s', (text) => {
    const start = performance.now();
    for (let times = 0; times < 100; times++) quantityNanos(text);
    expect(performance.now() - start).toBeLessThan(200);
  });
});
