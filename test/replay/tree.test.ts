import { describe, expect, it } from '@jest/globals';
import { treeOf, type Tree } from '../../lib/replay/tree';

/** A tree as text in prefix form. */
function shown(tree: Tree): string {
  if (tree.kind === 'expression') return tree.text;
  const [grouping, name] =
    tree.kind === 'set' ? [tree.on, tree.operator] : [tree.to, tree.aggregation];
  const by =
    grouping.by === 'these' ? `on ${grouping.labels.join()}` : `but ${grouping.labels.join()}`;
  const parts = tree.kind === 'set' ? [tree.left, tree.right] : [tree.inner];
  return `${name}[${by}](${parts.map(shown).join('; ')})`;
}

describe('an expression taken apart', () => {
  it.each([
    ['a or b and c unless d', 'or[but ](a; unless[but ](and[but ](b; c); d))'],
    ['a or b or c', 'or[but ](or[but ](a; b); c)'],
    ['(a or b) and on (x, y) c > 0', 'and[on x,y](or[but ](a; b); c > 0)'],
    ['a\nUNLESS ignoring (x) (b)', 'unless[but x](a; b)'],
    ['max by (x) ((a or b))', 'max[on x](or[but ](a; b))'],
    ['sum without () (a)', 'sum[but ](a)'],
    ['max(a or b) > 0', 'max(a or b) > 0'],
    ['(a or b) + (c and d)', '(a or b) + (c and d)'],
    ['(a or b)[1h:1m]', '(a or b)[1h:1m]'],
    ['a{b="x or y"} > bool 0', 'a{b="x or y"} > bool 0'],
    ['quantile by (x) (0.5, a)', 'quantile by (x) (0.5, a)'],
  ])('%s', (expression, expected) => {
    expect(shown(treeOf(expression))).toBe(expected);
  });
});
