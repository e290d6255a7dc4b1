import { isBag, isList } from '../foundation';
import type { Outcome, Verdict } from './verdict';

const OUTCOMES: readonly Outcome[] = ['held', 'refuted', 'inconclusive'];

/**
 * The name of a verdict's files in `game-days/<application>/`, without their extension. A rehearsal never takes the place of what was found in
 * an environment, no environment that of another, and no later verdict of the same day that of an earlier one.
 */
export const recordName = ({ began, experiment, environment, rehearsed }: Verdict): string =>
  `${began.slice(0, 'YYYY-MM-DDThh:mm:ss'.length).replaceAll(':', '')}-${experiment}.${environment}${rehearsed ? '.rehearsed' : ''}`;

/** A verdict as it is recorded. */
export const recordJson = (verdict: Verdict): string => `${JSON.stringify(verdict, null, 2)}\n`;

/** The verdict in a text, or why it is none, as the end of "… is broken: ". */
export function readRecord(text: string): Verdict | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'it is no JSON';
  }
  if (!isBag(value)) return 'it is no verdict';
  const lacking = ['application', 'experiment', 'environment', 'began', 'ended'].find(
    (key) => typeof value[key] !== 'string',
  );
  if (lacking !== undefined) return `it lacks ${lacking}`;
  if (typeof value.rehearsed !== 'boolean') return 'it lacks rehearsed';
  if (!OUTCOMES.some((each) => each === value.outcome)) return 'its outcome is none';
  if (Number.isNaN(Date.parse(String(value.began)))) return 'its begin is no time';
  return isList(value.answers) ? (value as unknown as Verdict) : 'it lacks answers';
}
