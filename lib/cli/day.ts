import { describe, isDay } from '../foundation';
import { UsageError } from './exit-code';

const today = (): string => new Date().toISOString().slice(0, 10);

/** The day as of which a command judges: the one given, else today in UTC. Nothing else reads a clock. @throws UsageError */
export function dayOf(given: string | undefined): string {
  if (given === undefined) return today();
  if (isDay(given)) return given;
  throw new UsageError(`--as-of is ${describe(given)}. Give a day such as 2027-03-31.`);
}

/** The same for what looks back at what was measured. */
export function pastDayOf(given: string | undefined): string {
  const day = dayOf(given);
  if (day <= today()) return day;
  throw new UsageError(
    `--as-of is ${day}, which is still to come: the days before it are not measured yet. Give today or a day before.`,
  );
}
