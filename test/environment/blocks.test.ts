import { describe, expect, it } from '@jest/globals';
import { blockShape, declaredBlockShape } from '../../lib/environment/blocks';
import { placesShape } from '../../lib/environment';
import { ProblemLog, type Shape } from '../../lib/foundation';

function problemsOf(shape: Shape, value: unknown): readonly string[] {
  const log = new ProblemLog('');
  shape.check(value, 'cidr', log);
  return log.problems.map(({ found, fix }) => `${found}. ${fix}.`);
}

describe('an address block', () => {
  it.each([
    '10.0.0.0/8',
    '192.0.2.1/32',
    '0.0.0.0/0',
    '10.20.128.0/17',
    'fd00::/8',
    '2001:DB8::/32',
    '2001:db8::1/128',
    '::/0',
    '::ffff:10.0.0.0/104',
  ])('may be %s', (cidr) => {
    expect(problemsOf(blockShape(), cidr)).toEqual([]);
  });

  it.each([
    ['10.20.3.4/16', '10.20.0.0/16'],
    ['10.20.130.1/17', '10.20.128.0/17'],
    ['192.0.2.1/0', '0.0.0.0/0'],
    ['2001:db8::1/64', '2001:db8::/64'],
    ['2001:db8:0:ff80::/57', undefined],
    ['2001:db8:0:ffc0::/57', '2001:db8:0:ff80::/57'],
  ])('that is %s means %s', (cidr, meant) => {
    expect(problemsOf(blockShape(), cidr)).toEqual(
      meant === undefined
        ? []
        : [
            `cidr is '${cidr}', which is an address inside ${meant}. Write '${meant}' for the block, or its own address alone.`,
          ],
    );
  });

  it.each(['10.0.0.0', '10.0.0.0/33', 'fe80::%eth0/64', '', 8, undefined])('is not %p', (value) => {
    expect(problemsOf(blockShape('10.0.0.0/16'), value)).toEqual([
      `cidr is ${typeof value === 'string' ? `'${value}'` : String(value)}. Give an address block such as '10.0.0.0/16'.`,
    ]);
  });

  it.each(['0.0.0.0/0', '::/0'])('that is declared is not %s', (cidr) => {
    expect(problemsOf(declaredBlockShape(), cidr)).toEqual([
      `cidr is '${cidr}', which is everywhere. Give the blocks in which it is.`,
    ]);
  });
});

describe('a place', () => {
  it.each([
    [[{ cidr: '10.30.0.0/16' }, { namespace: 'data' }, { pods: { app: 'db' } }], []],
    [[], ['cidr is []. Give at least one peer.']],
    [
      [{ cidr: '0.0.0.0/0', except: ['10.0.0.0/8'] }, {}],
      [
        "cidr[0] is { cidr: '0.0.0.0/0', except: [ '10.0.0.0/8' ] }, which is everywhere. Say where it is: blocks, a namespace or labels.",
        'cidr[1] is {}, which is everywhere. Say where it is: blocks, a namespace or labels.',
      ],
    ],
  ])('of %j', (peers, problems) => {
    expect(problemsOf(placesShape, peers)).toEqual(problems);
  });
});
