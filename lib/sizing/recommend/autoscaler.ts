import { cpuGrid, roundDown, roundUp } from './grid';
import type { Question } from './decide';

/** The targets that leave an autoscaler both room above and something to save, in percent of the request (StormForge's bounds). */
const LEAST_TARGET = 50;
const MOST_TARGET = 90;

/**
 * The requests at which an autoscaler's target can follow, so that it adds pods at the use at which it does now: it never gets another
 * request and other replicas in one change.
 */
export function scalable(current: number, target: number): NonNullable<Question['range']> {
  if (target < LEAST_TARGET || target > MOST_TARGET) {
    const reason = `its autoscaler aims for ${target}%, outside of ${LEAST_TARGET} to ${MOST_TARGET}%, so the request is held`;
    return { from: current, to: current, reason };
  }
  return {
    from: Math.min(current, roundUp(cpuGrid, (current * target) / MOST_TARGET)),
    to: Math.max(current, roundDown(cpuGrid, (current * target) / LEAST_TARGET)),
    reason: `its autoscaler aims for ${target}%, and to scale where it does now it would have to aim outside of ${LEAST_TARGET} to ${MOST_TARGET}%`,
  };
}

/** The target by which an autoscaler scales at as many cores as it does now. */
export const followingTarget = (target: number, current: number, request: number): number =>
  Math.min(MOST_TARGET, Math.max(LEAST_TARGET, Math.round((target * current) / request)));
