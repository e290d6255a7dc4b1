import { listed, timeText } from '../../incident';
import { experimentsOf, oneOfEachClaim } from '../derive/experiments-of';
import type { Experiment } from '../experiment';
import { wholeSeconds } from '../workflow/workflow';
import type { Planned } from './planned';

/** Half a working day: people stay for no longer. */
export const LONG_SECONDS = 4 * 3600;

const isLong = (experiment: Experiment): boolean => wholeSeconds(experiment) > LONG_SECONDS;

/**
 * What is held where nobody chooses: one experiment for each kind of claim, without those for which people would have to wait for days, as
 * for a run that is overdue of a schedule that runs once a day. Where there are no others, it is those.
 */
export function ofADay(experiments: readonly Experiment[]): readonly Experiment[] {
  const short = experiments.filter((each) => !isLong(each));
  return oneOfEachClaim(short.length > 0 ? short : experiments);
}

/** How long a game day takes, with baselines and recoveries. */
export const totalSeconds = ({ experiments }: Planned): number =>
  experiments.reduce((sum, { experiment }) => sum + wholeSeconds(experiment), 0);

const taking = (experiments: readonly Experiment[]): string =>
  listed(experiments.map((each) => `${each.id} (${timeText(wholeSeconds(each))})`));

/** How long it takes, first of all: what takes days is held otherwise than what takes hours. */
export function durationText(planned: Planned): string {
  const long = planned.experiments.map(({ experiment }) => experiment).filter(isLong);
  const total = totalSeconds(planned);
  const all = `It takes ${timeText(total)} in all`;
  if (long.length === 0) {
    return total > LONG_SECONDS
      ? `${all}, more than half a working day: hold it in parts, with --experiment.`
      : `${all}.`;
  }
  const alone =
    planned.experiments.length > 1 ? ' Hold each as a game day of its own, by --experiment.' : '';
  return `${all}, since its ticket comes no sooner: ${taking(long)}.${alone} Nobody waits beside it: begin it, leave its guard running, and come back when the ticket is due.`;
}

/** The experiments that are left out and take longer than people stay, as text; empty where there is none. */
export function longOthersText({ place, others }: Planned): string {
  const long = experimentsOf(place.model, place.environment).filter(
    (each) => others.includes(each.id) && isLong(each),
  );
  return long.length === 0
    ? ''
    : `Left out unless they are asked for, since they take longer than half a working day: ${taking(long)}.`;
}
