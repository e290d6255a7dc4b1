import { describe, expect, it } from '@jest/globals';
import {
  cores,
  describe as described,
  isContainerPath,
  isDataKey,
  isDnsLabel,
  isDnsSubdomain,
  isEnvName,
  isLabelKey,
  isLabelValue,
  mebibytes,
  nearest,
  tryParseQuantity,
} from '../../lib/foundation';

const tables = [
  {
    name: 'a DNS label',
    test: isDnsLabel,
    good: ['a', 'orders', 'a-1', 'a'.repeat(63)],
    bad: ['', 'A', '1a', '-a', 'a-', 'a.b', 'a_b', '..', 'a'.repeat(64), 'ä'],
  },
  {
    name: 'a DNS subdomain',
    test: isDnsSubdomain,
    good: ['a', '1', 'a.b', 'dev.example.com', `${'a'.repeat(63)}.b`],
    bad: ['', '.', 'a.', '.a', 'A.b', 'a..b', '*.a', 'a_b', 'a'.repeat(64), 'a.'.repeat(127) + 'a'],
  },
  {
    name: 'a label value',
    test: isLabelValue,
    good: ['', 'a', 'V1.2_3-x', '1'],
    bad: ['-a', 'a-', 'a b', 'a+b', 'a'.repeat(64)],
  },
  {
    name: 'a label key',
    test: isLabelKey,
    good: ['a', 'example.com/a', 'A_b.c-d'],
    bad: ['', '/', 'a/', '/a', 'a/b/c', 'Example.com/a', 'a b', 'example.com/-a'],
  },
  {
    name: 'the name of a variable',
    test: isEnvName,
    good: ['A', 'a_b', 'A-B', 'a.b', '_x', '__proto__'],
    bad: ['', '1A', 'A B', 'A=B', '.', '..', '..a', 'Ä'],
  },
  {
    name: 'a key of a Secret',
    test: isDataKey,
    good: ['a', 'tls.crt', '1', 'a_b-c'],
    bad: ['', '.', '..', '..a', 'a/b', 'a b', 'a'.repeat(254)],
  },
  {
    name: 'a path in a container',
    test: isContainerPath,
    good: ['/a', '/var/cache/nginx', '/a b', '/..a'],
    bad: ['', '/', 'a', '/a/', '//a', '/a/../b', '/a/.', '/a:b', '/a\0'],
  },
];

describe.each(tables)('$name', ({ test, good, bad }) => {
  it.each(good)('may be %j', (text) => {
    expect(test(text)).toBe(true);
  });
  it.each(bad)('may not be %j', (text) => {
    expect(test(text)).toBe(false);
  });
});

describe('a quantity', () => {
  it.each([
    ['1', 1],
    ['250m', 0.25],
    ['1.5', 1.5],
    ['.5', 0.5],
    ['512Mi', 2 ** 29],
    ['1Gi', 2 ** 30],
    ['2k', 2000],
    ['1e3', 1000],
    ['1E', 1e18],
    ['0', 0],
    ['-1', -1],
    ['1.', 1],
  ])('%s is %d', (text, amount) => {
    expect(tryParseQuantity(text)).toBe(amount);
  });

  it.each(['', '1 Gi', '1gi', 'Mi', '1..2', '1Mib', '0x1', '１'])('may not be %j', (text) => {
    expect(tryParseQuantity(text)).toBeUndefined();
  });

  it('is written in the units that people read, rounded up', () => {
    expect([mebibytes(1), mebibytes(2 ** 30), mebibytes(1.5 * 2 ** 30)]).toEqual([
      '1Mi',
      '1Gi',
      '1536Mi',
    ]);
    expect([cores(0.1 * 3), cores(1), cores(4.0001), cores(0.0005)]).toEqual([
      '300m',
      '1',
      '4001m',
      '1m',
    ]);
  });
});

describe('a message', () => {
  it('describes a found value on one line, cut short', () => {
    expect(described({ a: { b: { c: 1 } }, d: 'x\ny' })).toBe("{ a: { b: [Object] }, d: 'x\\ny' }");
    expect(described('x'.repeat(200))).toHaveLength(80);
    expect(described(undefined)).toBe('undefined');
  });

  it('knows the name that was meant, when it is near', () => {
    expect(nearest('helth', ['image', 'health', 'port'])).toBe('health');
    expect(nearest('prt', ['image', 'health', 'port'])).toBe('port');
    expect(nearest('replicas', ['image', 'health', 'port'])).toBeUndefined();
  });
});
