import type { Bounds } from '../environment';
import { isBag, type ScaleModel, type WorkloadModel } from '../foundation';
import type { Bound } from './bound';

/** The replica bounds of a workload here; undefined for what does not scale. */
export function replicaBounds(bound: Bound, workload: WorkloadModel): Bounds | undefined {
  const given = workload.scale && boundsFor(bound, workload.scale);
  if (!isUsable(given)) return undefined;
  return { min: mayBeZero(bound, workload) ? 0 : given.min, max: given.max };
}

/**
 * What the environment's capacity says: a function of the platform team's, which may return anything. It is about replicas that are
 * there, so it is never asked about zero: where there may be none, there may be none in every environment.
 */
export const boundsFor = ({ environment }: Bound, { min, max }: ScaleModel): unknown =>
  environment.props.capacity.bounds({ min: Math.max(1, min), max });

/** More than a Deployment can count. */
const TOO_MANY = 2 ** 31;

/** Whether replica bounds are some that an autoscaler takes. */
export function isUsable(value: unknown): value is Bounds {
  if (!isBag(value)) return false;
  const { min, max } = value as { readonly min: number; readonly max: number };
  return Number.isInteger(min) && Number.isInteger(max) && min >= 1 && min <= max && max < TOO_MANY;
}

const mayBeZero = ({ environment }: Bound, { scale }: WorkloadModel): boolean =>
  scale?.on !== undefined && scale.min === 0 && environment.has('keda');

/** Whether a workload has anything to scale on messages here: one that is always alone has not. */
export const needsKeda = ({ scale }: WorkloadModel, { max }: Bounds): boolean =>
  scale?.on !== undefined && (scale.min === 0 || max > 1);

/** Whether KEDA scales a workload here. */
export function isScaledByKeda(bound: Bound, workload: WorkloadModel): boolean {
  const bounds = replicaBounds(bound, workload);
  return bounds !== undefined && needsKeda(workload, bounds) && bound.environment.has('keda');
}
