import { describe, expect, it } from '@jest/globals';
import { ceilings } from '../../lib/dependency';

/** Edges from text such as `a>b a~>c`: a wave is a soft one. */
const edges = (text: string) =>
  text.split(' ').map((each) => {
    const [from = '', to = ''] = each.split(/~?>/);
    return { from, to, soft: each.includes('~') };
  });

/** The ceiling of each, in percent with four digits. */
const most = (text: string, promised: Readonly<Record<string, number>>) => {
  const ratios = new Map(Object.entries(promised).map(([name, percent]) => [name, percent / 100]));
  return Object.fromEntries(
    [...ceilings(edges(text), ratios)].map(([name, { ratio }]) => [
      name,
      Number((ratio * 100).toFixed(4)),
    ]),
  );
};

describe('the ceiling of a service', () => {
  it('is the product of what its hard dependencies promise', () => {
    expect(most('web>a web>b web~>c', { a: 99.9, b: 99, c: 90 })).toMatchObject({ web: 98.901 });
    expect(most('web>a', {})).toMatchObject({ web: 100 });
  });

  it('counts what a dependency loses by its own dependencies once', () => {
    expect(most('web>a a>b', { a: 99.8, b: 99.9 })).toMatchObject({ web: 99.8, a: 99.9 });
    expect(most('web>a web>b a>db b>db', { a: 99.8, b: 99.8, db: 99.9 })).toMatchObject({
      web: Number((99.8 * 0.998 * (1 / 0.999)).toFixed(4)),
    });
  });

  it('passes through what promises nothing', () => {
    expect(most('web>a a>b', { b: 99.9 })).toMatchObject({ web: 99.9, a: 99.9 });
  });

  it('is not raised by a promise above its own ceiling', () => {
    expect(most('web>a a>b', { a: 99.99, b: 99.5 })).toMatchObject({ web: 99.5 });
  });

  it('counts a circle as one', () => {
    expect(most('web>a a>b b>a b>db', { a: 99.9, b: 99.8, db: 99.9 })).toMatchObject({
      web: 99.8,
      a: 99.9,
      b: 99.9,
    });
    expect(most('a>a', { a: 99 })).toEqual({});
  });

  it('names what pulls it down, the largest first', () => {
    const promised = new Map([
      ['a', 0.998],
      ['b', 0.999],
      ['c', 0.9],
      ['d', 0.95],
    ]);
    const losses = ceilings(edges('web>a web>d web~>c a>b'), promised).get('web')?.losses;
    expect(losses?.map(({ name, ratio }) => `${name} ${ratio.toFixed(4)}`)).toEqual([
      'd 0.0500',
      'a 0.0010',
      'b 0.0010',
    ]);
  });
});
