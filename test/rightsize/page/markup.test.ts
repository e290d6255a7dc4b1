import { describe, expect, it } from '@jest/globals';
import { asMarkup, escape, markup } from '../../../lib/rightsize/page/markup';

describe('escaping', () => {
  it('leaves nothing that means something to a parser', () => {
    expect(escape(`<a href="x" title='y'>&amp;</a>`)).toBe(
      '&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;amp;&lt;/a&gt;',
    );
  });

  it.each([
    ['a null', 'a\u0000b'],
    ['a line break', 'a\nb'],
    ['a control of the second set', 'a\u0085b'],
    ['half a character', 'a\uD800b'],
    ['an override of direction', 'a\u202Eb'],
    ['an isolate', 'a\u2066b'],
    ['what XML has not', 'a\uFFFEb'],
  ])('shows %s', (_, text) => expect(escape(text)).toBe('a\uFFFDb'));

  it('leaves all other text as it is', () => {
    expect(escape('größer, 大きい, 🚀 – 500m → 330m')).toBe('größer, 大きい, 🚀 – 500m → 330m');
  });
});

describe('a template', () => {
  it('escapes text, lets markup and numbers stand, and joins lists', () => {
    const items = ['<', asMarkup('<b>'), 3, ['&']];
    expect(markup`<p>${items}</p>`.markup).toBe('<p>&lt;<b>3&amp;</p>');
  });

  it('loses its own line breaks, and none of its values', () => {
    expect(
      markup`
      <p>
      ${asMarkup('a\n  b')}
      </p>`.markup,
    ).toBe('<p>a\n  b</p>');
  });
});
