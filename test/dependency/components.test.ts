import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { components, tryHardPath } from '../../lib/dependency';
import '../property-seed';

const arrows = (text: string) =>
  text.split(' ').map((each) => {
    const [from = '', to = ''] = each.split(/~?>/);
    return { from, to, soft: each.includes('~') };
  });

describe('those who can reach each other', () => {
  it('are one group, and callees come first', () => {
    expect(components(arrows('web>a a>b b>a b>db x>x'))).toEqual([
      ['db'],
      ['a', 'b'],
      ['web'],
      ['x'],
    ]);
    expect(components([])).toEqual([]);
  });

  it('are those whom two ways join, in any graph', () => {
    const name = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g');
    const graph = fc.array(fc.record({ from: name, to: name }), { maxLength: 14 });
    fc.assert(
      fc.property(graph, (all) => {
        const groups = components(all);
        const hard = all.map((arrow) => ({ ...arrow, soft: false }));
        const joins = (a: string, b: string) => tryHardPath(hard, a, b) !== undefined;
        const at = new Map(groups.flatMap((group, index) => group.map((each) => [each, index])));
        for (const a of at.keys()) {
          for (const b of at.keys()) {
            const isSame = a === b || (joins(a, b) && joins(b, a));
            expect(at.get(a) === at.get(b)).toBe(isSame);
            if (a !== b && joins(a, b)) expect(at.get(b)).toBeLessThanOrEqual(at.get(a) ?? -1);
          }
        }
      }),
    );
  });
});

describe('a hard way', () => {
  it('is a shortest one, and leads over no soft edge', () => {
    const all = arrows('a>b b>c c>d a>x x>d a~>d');
    expect(tryHardPath(all, 'a', 'd')).toEqual(['a', 'x', 'd']);
    expect(tryHardPath(all, 'd', 'a')).toBeUndefined();
    expect(tryHardPath(all, 'a', 'nobody')).toBeUndefined();
  });

  it('is looked for in circles too', () => {
    expect(tryHardPath(arrows('a>b b>a b>c'), 'a', 'c')).toEqual(['a', 'b', 'c']);
  });
});
