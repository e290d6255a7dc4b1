import { describe, expect, it } from '@jest/globals';
import { lastDays, windowBefore, type Life } from '../../lib/rightsize';
import { partsOf } from '../../lib/rightsize/cpu';
import { rateSeconds } from '../../lib/rightsize/scrape-interval';
import { wholeDays } from '../../lib/rightsize/whole-days';

describe('a window', () => {
  it('is whole days that ended before a day', () => {
    expect(windowBefore('2026-03-02', 3)).toEqual({
      from: '2026-02-27',
      to: '2026-03-01',
      days: ['2026-02-27', '2026-02-28', '2026-03-01'],
      start: Date.UTC(2026, 1, 27) / 1000,
      end: Date.UTC(2026, 2, 2) / 1000,
    });
  });

  it('has last days', () => {
    const window = windowBefore('2026-03-02', 14);
    expect(lastDays(window, 2)).toEqual(windowBefore('2026-03-02', 2));
  });

  it('is asked in parts, so that no answer holds too much on the way', () => {
    const window = windowBefore('2026-03-15', 14);
    expect(partsOf(window, 1000)).toEqual([{ start: window.start, end: window.end }]);
    const parts = partsOf(window, 300_000);
    expect(parts.map(({ start, end }) => (end - start) / 86_400)).toEqual([5, 5, 4]);
    expect(partsOf(window, 10 ** 9)).toHaveLength(14);
  });
});

it('a rate is over four samples, and at least five minutes', () => {
  expect([15, 30, 60, 75, 76, 120, 300, 900, 3600].map(rateSeconds)).toEqual([
    300, 300, 300, 300, 600, 600, 1200, 3600, 7200,
  ]);
});

describe('a whole day', () => {
  const window = windowBefore('2026-03-15', 3);
  const [before, first, second, third] = ['2026-03-11', '2026-03-12', '2026-03-13', '2026-03-14'];
  const life = (pod: string, hours: Record<string, number>, id = ''): Life => ({
    ...{ pod, container: 'a', id },
    samples: new Map(Object.keys(hours).map((day) => [day, 1])),
    hours: new Map(Object.entries(hours)),
  });
  const whole = (...lives: readonly Life[]): readonly string[] => wholeDays(lives, window);

  it('is one of a pod that was scraped from beginning to end, but for a few', () => {
    expect(whole(life('p', { [first]: 24, [second]: 23, [third]: 22 }))).toEqual([first, second]);
  });

  it('is one of a release: the old pods from its beginning, the new ones to its end', () => {
    const old = life('p', { [first]: 24, [second]: 10 });
    const fresh = life('q', { [second]: 15, [third]: 24 });
    expect(whole(old, fresh)).toEqual([first, second, third]);
    expect(whole(old, life('q', { [second]: 12, [third]: 24 }))).toEqual([first, third]);
  });

  it('is none when many pods of one hour make as many hours', () => {
    const lives = Array.from({ length: 24 }, (_, index) => life(`p${index}`, { [second]: 1 }));
    expect(whole(...lives)).toEqual([]);
  });

  it('is one of a container with several lives in one pod', () => {
    const one = life('p', { [before]: 24, [first]: 12 }, '0');
    const other = life('p', { [first]: 13, [second]: 24 }, '1');
    expect(whole(one, other)).toEqual([first, second]);
  });
});
