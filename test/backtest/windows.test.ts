import { describe, expect, it } from '@jest/globals';
import { equalScores, scaleOf } from '../../scripts/backtest/equal';
import type { Rule } from '../../scripts/backtest/rule';
import { cpuOutcome, memoryOutcome, scoresOf, type Outcome } from '../../scripts/backtest/score';
import { windowsOf } from '../../scripts/backtest/windows';

const HOUR = 3600;
const lengths = { train: 2, evaluate: 1, every: 1 };

/** Hourly samples of so many days from a midnight, less those that a test leaves out. */
const hourly = (count: number, keep: (at: number) => boolean = () => true, first = 0) => {
  const times = Array.from({ length: count }, (_, at) => first + at * HOUR).filter((_, at) =>
    keep(at),
  );
  return { name: 'a', times, cpu: times.map((time) => time / 86_400), memory: times.map(() => 1) };
};

const fixed = (name: string, plain: number): Rule => ({
  name,
  title: name,
  cpu: () => ({ plain, shipped: plain }),
  memory: () => ({ plain, shipped: plain }),
});

describe('the windows of a series', () => {
  it('train on whole days and judge by the next ones', () => {
    const windows = windowsOf(hourly(24 * 5), lengths);
    expect(
      windows.map(({ training, after }) =>
        [training, after].map((days) => days.map((day) => day.number)),
      ),
    ).toEqual([
      [[0, 1], [2]],
      [[1, 2], [3]],
      [[2, 3], [4]],
    ]);
    expect(windows[0]?.after[0]?.cpu.slice(0, 2)).toEqual([2, 2 + 1 / 24]);
  });

  it('begin with the first whole day', () => {
    const windows = windowsOf(hourly(24 * 4, undefined, 12 * HOUR), lengths);
    expect(windows.map(({ after }) => after[0]?.number)).toEqual([3]);
  });

  it('are left out with less than four fifths of their samples', () => {
    const gap = (at: number) => at < 24 * 2 + 4 || at >= 24 * 2 + 12;
    // The gap is a third of the third day: it is too much to judge by, and not too much of two days.
    expect(windowsOf(hourly(24 * 5, gap), lengths).map(({ after }) => after[0]?.number)).toEqual([
      3, 4,
    ]);
  });
});

describe('the outcome of a window', () => {
  const day = (cpu: readonly number[], memory: readonly number[]) => [
    { number: 0, times: cpu.map((_, at) => at), cpu, memory },
  ];
  const hundred = Array.from({ length: 100 }, (_, at) => (at + 1) / 100);

  it('counts what is above the request, and finds the least that is enough', () => {
    const window = { training: day([1], [1]), after: day(hundred, [3, 5]) };
    const rules = [fixed('a', 0.9), fixed('b', 0.95)];
    const cpu = cpuOutcome(0, window, rules)!;
    expect(cpu.enough).toBe(0.95);
    expect(cpu.base).toBeCloseTo(0.505, 10);
    expect(cpu.verdicts.map(({ above }) => above)).toEqual([0.1, 0.05]);
    const [low, high] = scoresOf([cpu], rules);
    expect([low?.breached, high?.breached]).toEqual([1, 0]);
    expect(low?.fleet).toBeCloseTo(0.9 / 0.505, 10);
    const memory = memoryOutcome(0, window, [fixed('a', 4), fixed('b', 5)])!;
    expect([memory.base, memory.enough]).toEqual([5, 5]);
    expect(memory.verdicts.map(({ above }) => above)).toEqual([1, 0]);
  });

  it('leaves out what hardly uses CPU', () => {
    const window = { training: day([0.001], [1]), after: day([0.001], [1]) };
    expect(cpuOutcome(0, window, [fixed('a', 1)])).toBeUndefined();
  });
});

describe('rules at equal breaches', () => {
  const outcome = (series: number, enough: number, ...plain: readonly number[]): Outcome => ({
    series,
    base: 1,
    enough,
    verdicts: plain.map((each) => ({ asked: { plain: each, shipped: each }, above: 0 })),
  });
  const ten = Array.from({ length: 10 }, (_, at) => outcome(at, at + 1, 2));

  it('are scaled until no more windows are in breach than the level allows', () => {
    expect(scaleOf(ten, 0, 0.1)).toBe(4.5);
    expect(scaleOf(ten, 0, 0.05)).toBe(5);
  });

  it('cost the same where one is a multiple of the other', () => {
    const rules = [fixed('one', 1), fixed('double', 2)];
    const outcomes = Array.from({ length: 8 }, (_, at) => outcome(at, 1 + at, 1 + at, 2 + 2 * at));
    const scores = equalScores(outcomes, rules, { level: 0.1, draws: 50, seed: 1 })!;
    for (const { fleet, breached, relative } of scores) {
      expect(fleet.value).toBeCloseTo(4.5, 10);
      expect(breached).toBe(0);
      expect([relative.value, relative.low, relative.high]).toEqual([1, 1, 1]);
    }
    expect(scores[0]!.fleet.low).toBeLessThan(4.5);
    expect(scores[0]!.fleet.high).toBeGreaterThan(4.5);
  });

  it('are not compared on a handful of series', () => {
    const few = [0, 1, 2].map((series) => outcome(series, 1, 1));
    expect(equalScores(few, [fixed('a', 1)], { level: 0.1, draws: 5, seed: 1 })).toBeUndefined();
  });
});
