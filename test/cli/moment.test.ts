import { describe, expect, it } from '@jest/globals';
import { momentIn, spanIn } from '../../lib/cli/moment';

const bounds = {
  now: Date.parse('2026-11-20T12:00Z') / 1000,
  mostSeconds: 86_400,
  most: 'a day',
  whenToCome: 'Wait.',
  whenLong: 'Give less.',
};

describe('a time on the command line', () => {
  it.each([
    ['2026-11-20', '2026-11-20T00:00:00.000Z'],
    ['2026-11-20T14:30Z', '2026-11-20T14:30:00.000Z'],
    ['2026-11-20T14:30:05.25Z', '2026-11-20T14:30:05.250Z'],
  ])('is read as %s', (text, at) => {
    expect(momentIn('--from', text)).toBe(Date.parse(at) / 1000);
  });

  it.each([
    'noon',
    '2026-02-30',
    '2026-11-20T25:00Z',
    '2026-11-20T14:30',
    '2026-11-20T14:30+01:00',
  ])('is refused as %s', (text) => {
    expect(() => momentIn('--from', text)).toThrow(
      `--from is '${text}'. Give a time in UTC, such as 2026-11-20T14:30Z.`,
    );
  });

  it.each([
    [
      { from: '2026-11-20T10:00Z', to: '2026-11-20T10:00Z' },
      "--to is '2026-11-20T10:00Z', which is not after --from. Give the later one.",
    ],
    [
      { from: '2026-11-20', to: '2026-11-20T12:01Z' },
      "--to is '2026-11-20T12:01Z', which is still to come. Wait.",
    ],
    [
      { from: '2026-11-19', to: '2026-11-20T00:01Z' },
      '--from and --to are more than a day apart. Give less.',
    ],
  ])('is refused with another as %j', (given, message) => {
    expect(() => spanIn(given, bounds)).toThrow(message);
  });

  it('makes a span with another', () => {
    const span = spanIn({ from: '2026-11-19', to: '2026-11-20' }, bounds);
    expect(span.end - span.start).toBe(86_400);
  });
});
