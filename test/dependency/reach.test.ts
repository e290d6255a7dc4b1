import { describe, expect, it } from '@jest/globals';
import { hardDependents, hardReach } from '../../lib/dependency';
import type { EdgeModel } from '../../lib/foundation';

/** Edges from text such as `a>b a~>c`: a wave is a soft one. */
const edges = (text: string): readonly EdgeModel[] =>
  text.split(' ').map((each) => {
    const [from = '', to = ''] = each.split(/~?>/);
    return { from, to, kind: 'workload', port: 80, soft: each.includes('~') };
  });

const reach = (text: string): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(
    [...hardReach(edges(text))].map(([from, all]) => [
      from,
      all.map(({ name, hops }) => `${name} ${hops}`),
    ]),
  );

describe('what a workload cannot work without', () => {
  it('is what it calls, and what that calls, by the shortest way', () => {
    expect(reach('web>orders web>stock orders>stock stock>db')).toEqual({
      web: ['db 2', 'orders 1', 'stock 1'],
      orders: ['db 2', 'stock 1'],
      stock: ['db 1'],
    });
  });

  it('is nothing behind a soft edge', () => {
    expect(reach('web~>ads ads>db web>cart')).toEqual({ web: ['cart 1'], ads: ['db 1'] });
  });

  it('is nobody of its own circle, and what the circle calls', () => {
    expect(reach('web>a a>b b>a b>db')).toEqual({
      web: ['a 1', 'b 2', 'db 3'],
      a: ['db 2'],
      b: ['db 1'],
    });
  });

  it('is not itself', () => {
    expect(reach('a>a a>b')).toEqual({ a: ['b 1'] });
  });

  it('is known from the other side', () => {
    expect(Object.fromEntries(hardDependents(hardReach(edges('web>a a>b b>a b>db'))))).toEqual({
      a: ['web'],
      b: ['web'],
      db: ['a', 'b', 'web'],
    });
  });
});
