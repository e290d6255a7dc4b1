import type { Series } from './series';

/** One UTC day of use. */
export interface Day {
  /** Counted from 1970-01-01. */
  readonly number: number;
  readonly times: readonly number[];
  readonly cpu: readonly number[];
  readonly memory: readonly number[];
}

/** What a rule sees, and what came after it. */
export interface Window {
  readonly training: readonly Day[];
  readonly after: readonly Day[];
}

export interface Lengths {
  /** In days. */
  readonly train: number;
  readonly evaluate: number;
  /** From the beginning of one evaluation to the next. */
  readonly every: number;
}

const DAY = 86_400;
/** A window with less of its samples says too little. */
const COVERED = 0.8;

/** The windows of a series, on whole UTC days, of which both parts were measured well enough. */
export function windowsOf(series: Series, { train, evaluate, every }: Lengths): readonly Window[] {
  const days = daysOf(series);
  const first = Math.ceil((series.times[0] ?? 0) / DAY);
  const end = Math.floor(((series.times.at(-1) ?? 0) + stepOf(series.times)) / DAY);
  const aDay = DAY / stepOf(series.times);
  const windows: Window[] = [];
  for (let origin = first + train; origin + evaluate <= end; origin += every) {
    const training = days.filter(({ number }) => number >= origin - train && number < origin);
    const after = days.filter(({ number }) => number >= origin && number < origin + evaluate);
    const isCovered = covers(training, train * aDay) && covers(after, evaluate * aDay);
    if (isCovered) windows.push({ training, after });
  }
  return windows;
}

const covers = (days: readonly Day[], samples: number): boolean =>
  days.reduce((sum, { times }) => sum + times.length, 0) >= COVERED * samples;

/** The usual time between two samples. */
function stepOf(times: readonly number[]): number {
  const gaps = times.slice(1).map((time, at) => time - (times[at] ?? time));
  return gaps.sort((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? DAY;
}

function daysOf({ times, cpu, memory }: Series): readonly Day[] {
  const days: Day[] = [];
  let start = 0;
  times.forEach((time, at) => {
    const number = Math.floor(time / DAY);
    const next = times[at + 1];
    if (next !== undefined && Math.floor(next / DAY) === number) return;
    const of = (values: readonly number[]): readonly number[] => values.slice(start, at + 1);
    days.push({ number, times: of(times), cpu: of(cpu), memory: of(memory) });
    start = at + 1;
  });
  return days;
}
