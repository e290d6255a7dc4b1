import { describe, expect, it } from '@jest/globals';
import type { EdgeModel } from '../../lib/foundation';
import { hardCycles } from '../../lib/dependency';

const edges = (text: string): readonly EdgeModel[] =>
  text.split(' ').map((edge) => {
    const [from = '', to = ''] = edge.split(/[>~]/);
    return { from, to, kind: 'workload', port: 80, soft: edge.includes('~') };
  });

describe('circles of hard dependencies', () => {
  it('are found, each once, wherever the walk begins', () => {
    expect(hardCycles(edges('a>b b>c c>a x>a'))).toEqual([['a', 'b', 'c', 'a']]);
    expect(hardCycles(edges('c>d d>c a>b b>a'))).toEqual([
      ['a', 'b', 'a'],
      ['c', 'd', 'c'],
    ]);
  });

  it('are none in a diamond, or where one edge is soft', () => {
    expect(hardCycles(edges('a>b a>c b>d c>d'))).toEqual([]);
    expect(hardCycles(edges('a>b b>c c~a'))).toEqual([]);
  });

  it('are looked for in a chain of any length', () => {
    const chain = Array.from({ length: 20_000 }, (_, index) => `s${index}>s${index + 1}`);
    expect(hardCycles(edges(chain.join(' ')))).toEqual([]);
  });
});
