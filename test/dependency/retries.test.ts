import { describe, expect, it } from '@jest/globals';
import { amplifications } from '../../lib/dependency';

/** Calls from text such as `a>b*3`. */
const calls = (text: string) =>
  text.split(' ').map((each) => {
    const [from = '', to = '', attempts] = each.split(/[>*]/);
    return { from, to, ...(attempts !== undefined && { attempts: Number(attempts) }) };
  });
const worst = (text: string, least = 8): readonly string[] =>
  amplifications(calls(text), least).map(({ path, factor }) => `${path.join('>')} ${factor}`);

describe('retries of several services', () => {
  it('multiply along a way', () => {
    expect(worst('a>b*3 b>c*3')).toEqual(['a>b>c 9']);
    expect(worst('a>b*2 b>c*2 c>d*2')).toEqual(['a>b>c>d 8']);
    expect(worst('a>b*2 b>c*2')).toEqual([]);
  });

  it('are told from the first to the last that retries', () => {
    expect(worst('x>a a>b*3 b>m m>c*3 c>d')).toEqual(['a>b>m>c 9']);
  });

  it('are told by the worst way to an end, and not by a part of it', () => {
    expect(worst('a>b*3 b>c*3 c>d*3 a>d*2 a>c*2')).toEqual(['a>b>c>d 27']);
    expect(worst('a>b*3 x>b*2 b>c*3 b>d*4').toSorted()).toEqual(['a>b>c 9', 'a>b>d 12']);
  });

  it('end in a circle, around which nobody counts', () => {
    expect(worst('a>b*3 b>c*3 c>b*3')).toEqual([]);
    expect(worst('a>b*3 b>c c>b c>d*3')).toEqual([]);
    expect(worst('a>b*3 b>c c>b b>d*3')).toEqual(['a>b>d 9']);
  });

  it('are followed through a chain of any length', () => {
    const chain = Array.from({ length: 20_000 }, (_, at) => `s${at}>s${at + 1}`);
    expect(worst(`x>s0*4 ${chain.join(' ')} s20000>y*2`)).toHaveLength(1);
  });
});
