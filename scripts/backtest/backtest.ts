import { equalScores, type EqualOptions, type EqualScore } from './equal';
import { krr } from './krr';
import { ours } from './ours';
import type { Rule } from './rule';
import { cpuOutcome, memoryOutcome, scoresOf, type Outcome, type Score } from './score';
import { BadInput, readSeries } from './series';
import { vpa } from './vpa';
import { windowsOf, type Lengths } from './windows';

/** Our rules first: the others are compared with the first one. */
export const rules: readonly Rule[] = [ours('standard'), ours('critical'), vpa, krr];

/** One resource over all windows. */
export interface ResourceReport {
  readonly windows: number;
  readonly shipped: readonly Score[];
  /** Absent with too few series. */
  readonly equal?: readonly EqualScore[];
}

export interface BacktestReport {
  readonly options: Lengths & EqualOptions;
  readonly rules: Readonly<Record<string, string>>;
  /** Series with a window. */
  readonly series: number;
  /** The names of those that are too short, or have too many gaps. */
  readonly without: readonly string[];
  readonly cpu: ResourceReport;
  readonly memory: ResourceReport;
  /** What keeps these numbers from meaning something. */
  readonly caveats: readonly string[];
}

/** With fewer series, intervals themselves are guesses (judgement). */
const LEAST_SERIES = 50;

/** Runs every rule over every series, one in memory at a time. */
export function backtest(
  files: readonly string[],
  options: Lengths & EqualOptions,
  progress: (done: number) => void,
): BacktestReport {
  const cpu: Outcome[] = [];
  const memory: Outcome[] = [];
  const without: string[] = [];
  const problems: string[] = [];
  files.forEach((file, number) => {
    try {
      const series = readSeries(file);
      const windows = windowsOf(series, options);
      if (windows.length === 0) without.push(series.name);
      for (const window of windows) {
        cpu.push(...present(cpuOutcome(number, window, rules)));
        memory.push(...present(memoryOutcome(number, window, rules)));
      }
    } catch (error) {
      if (!(error instanceof BadInput)) throw error;
      problems.push(error.message);
    }
    progress(number + 1);
  });
  if (problems.length > 0) throw new BadInput(problems.join('\n'));
  const series = files.length - without.length;
  if (series === 0) throw new BadInput(tooShort(options));
  return {
    options,
    rules: Object.fromEntries(rules.map(({ name, title }) => [name, title])),
    series,
    without,
    cpu: resource(cpu, options),
    memory: resource(memory, options),
    caveats: caveats(series),
  };
}

const present = <T>(value: T | undefined): readonly T[] => (value === undefined ? [] : [value]);

const tooShort = ({ train, evaluate }: Lengths): string =>
  `no series has ${train + evaluate} whole days in a row of which four fifths were measured. Give longer ones, or a smaller --train or --evaluate.`;

function resource(outcomes: readonly Outcome[], options: EqualOptions): ResourceReport {
  const equal = equalScores(outcomes, rules, options);
  return {
    windows: outcomes.length,
    shipped: outcomes.length === 0 ? [] : scoresOf(outcomes, rules),
    ...(equal && { equal }),
  };
}

const caveats = (series: number): readonly string[] => [
  ...(series < LEAST_SERIES
    ? [`${series} series are too few for confidence: take these numbers for an example.`]
    : []),
  'Windows of one series overlap and are not independent; the intervals are over series alone.',
  'Every rule stands still for a window, as a lock file does: this is no verdict on a live autoscaler, and no promise of savings.',
];
