import type { ApplicationModel } from '../foundation';
import type { Experiment } from '../game-day';

/** The longest that a rehearsal of one experiment waits for, by the clock: nobody sits before it for longer. */
const LONGEST_SECONDS = 300;

/** Why a rehearsal cannot show what an experiment asks, as the end of "A rehearsal cannot show this: …"; undefined when it can. */
export function tryUnshowable(
  { fault, target, seconds }: Experiment,
  { workloads }: ApplicationModel,
  factor: number,
): string | undefined {
  switch (fault.kind) {
    case 'kill-pod':
      return 'it emulates no pods, and whether the others take over is what a cluster has to show';
    case 'fail-zone':
      return 'it emulates no nodes and no zones';
    case 'cpu':
      return 'it emulates no CPU and no autoscaler';
    case 'shift-clock':
      return 'it emulates no certificates and no clocks';
    case 'suspend-schedule':
      return 'a schedule becomes late by the hour of the day, which no rehearsal makes faster';
    case 'partition':
    case 'delay':
    case 'fail-pods':
    case 'block-scrape':
      break;
  }
  const workload = workloads.find(({ name }) => name === target);
  const isFresh = workload?.objectives?.some(({ slo }) => slo === 'freshness') ?? false;
  if (workload?.kind === 'scheduled-job' && isFresh) {
    return 'a schedule becomes late by the hour of the day, which no rehearsal makes faster';
  }
  if (seconds / factor > LONGEST_SECONDS) {
    return `the fault lasts for ${seconds} s, which are ${Math.round(seconds / factor)} s at a factor of ${factor}; give a larger --factor`;
  }
  return undefined;
}
