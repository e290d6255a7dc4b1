import { describe } from '../foundation';
import { isDay } from '../guardrail';
import { UsageError } from './exit-code';

/** The day on which waivers are judged: the one given, else today in UTC. Nothing else reads a clock. */
export function dayOf(given: string | undefined): string {
  if (given === undefined) return new Date().toISOString().slice(0, 10);
  if (isDay(given)) return given;
  throw new UsageError(`--as-of is ${describe(given)}. Give a day such as 2027-03-31.`);
}
