import { describe, expect, it } from '@jest/globals';
import { label, oneOf, selector, tryMatchers } from '../../lib/prometheus';

it('a selector quotes its values, and their characters are no pattern', () => {
  const matchers = [label('a', 'x"\\\n'), oneOf('pod', ['a.b', 'c+d'])];
  expect(selector('up', matchers)).toBe(String.raw`up{a="x\"\\\n",pod=~"a\\.b|c\\+d"}`);
});

describe('conditions as text', () => {
  it.each([
    'cluster="prod-eu"',
    'cluster="prod-eu",prometheus!="b"',
    'a=~"x,y|z",b!~"\\\\d"',
    'a="say \\"x\\""',
  ])('are those of PromQL: %s', (text) => {
    const matchers = tryMatchers(text);
    expect(selector('', matchers ?? [])).toBe(`{${text}}`);
  });

  it.each([
    '',
    'cluster',
    'cluster=prod',
    'a="b",',
    ',a="b"',
    'a="b" c="d"',
    '{a="b"}',
    'a="b"} or up{',
  ])('are none: %s', (text) => {
    expect(tryMatchers(text)).toBeUndefined();
  });
});
