import { describe, expect, it } from '@jest/globals';
import { isoText } from '../../lib/foundation';

describe('isoText', () => {
  it.each([
    [0, '1970-01-01T00:00:00Z'],
    [1_795_364_404, '2026-11-22T16:20:04Z'],
    [1_795_364_404.25, '2026-11-22T16:20:04.250Z'],
    [1_795_364_403.9996, '2026-11-22T16:20:04Z'],
  ])('writes %d seconds as %s', (seconds, text) => {
    expect(isoText(seconds)).toBe(text);
  });
});
