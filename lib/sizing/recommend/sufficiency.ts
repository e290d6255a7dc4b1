import { dayNumber } from './days';
import type { Measurements, SizingSubject } from './measurements';

/**
 * What the data supports: `nothing` but an answer to kills, `breaches` alone, or `changes` of any kind. A size rests on a whole week,
 * since most work has a weekly rhythm.
 */
export interface Sufficiency {
  readonly supports: 'nothing' | 'breaches' | 'changes';
  /** What there is too little of; absent where there is enough. */
  readonly reason?: string;
}

const LEAST = 7;
const DAYS_OF_WEEK = 7;

export const sufficiency = (kind: SizingSubject['kind'], measured: Measurements): Sufficiency =>
  kind === 'run' ? ofRuns(measured) : ofDays(measured);

function ofDays({ wholeDays, from, to }: Measurements): Sufficiency {
  const days = new Set(wholeDays.filter((day) => from <= day && day <= to));
  const weekdays = new Set([...days].map((day) => dayNumber(day) % DAYS_OF_WEEK));
  if (days.size < LEAST) return { supports: atLeastOne(days.size), reason: ofWeek(days.size) };
  return weekdays.size < DAYS_OF_WEEK
    ? { supports: 'breaches', reason: 'the days that were measured do not make a full week' }
    : { supports: 'changes' };
}

const atLeastOne = (count: number): Sufficiency['supports'] => (count > 0 ? 'breaches' : 'nothing');

const ofWeek = (count: number): string =>
  `${count === 0 ? 'no whole day was' : count === 1 ? '1 whole day was' : `${count} whole days were`} measured, of 7 that a change takes`;

function ofRuns({ podDays }: Measurements): Sufficiency {
  const runs = new Set(podDays.map(({ pod }) => pod)).size;
  if (runs < LEAST) {
    const were = runs === 1 ? 'run was' : 'runs were';
    return {
      supports: atLeastOne(runs),
      reason: `${runs} ${were} measured, of 7 that a change takes`,
    };
  }
  const days = podDays.map(({ day }) => dayNumber(day));
  return Math.max(...days) - Math.min(...days) + 1 < DAYS_OF_WEEK
    ? { supports: 'breaches', reason: 'the runs that were measured do not span a week' }
    : { supports: 'changes' };
}
