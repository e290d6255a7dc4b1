import { isReachedHere, type PodDemand } from '../backing-service';
import type { ServicePodsModel } from '../foundation';
import { podAmount, podKinds } from '../guardrail';
import { coresOf, mebibytesOf } from './amount';
import type { Bound } from './bound';
import { suppliesOf, type Supplied } from './supplied';

/** What the pods of backing services take here: what services have in common counts once. */
export function serviceDemand(bound: Bound): readonly PodDemand[] {
  const { supplied } = suppliesOf(bound);
  const shared = supplied.flatMap(({ provided }) => provided.sharedDemand ?? []);
  const once = new Map(shared.map((demand) => [JSON.stringify(demand), demand]));
  return [...once.values(), ...supplied.flatMap(({ provided }) => provided.demand ?? [])];
}

/** The services whose providers make pods in the namespace, as far as that shows, without saying what they take. */
export const unstatedIn = (bound: Bound): readonly Supplied[] =>
  suppliesOf(bound).supplied.filter(
    ({ provided }) =>
      provided.demand === undefined &&
      provided.sharedDemand === undefined &&
      (isReachedHere(provided) || makesPods(provided)),
  );

const makesPods = ({ manifests, shared = [] }: Supplied['provided']): boolean =>
  [...shared, ...manifests].some(({ kind }) => podKinds.some((known) => known === kind));

/** What the model tells of them; undefined where there is nothing to tell, or nobody knows it. */
export function servicePods(bound: Bound): ServicePodsModel | undefined {
  if (bound.phaseOne.services.length === 0 || unstatedIn(bound).length > 0) return undefined;
  const demand = serviceDemand(bound);
  const total = (resource: string): bigint =>
    demand.reduce(
      (sum, { pods, ...podSpec }) =>
        sum + podAmount({ ...podSpec }, 'requests', resource) * BigInt(pods),
      0n,
    );
  return {
    pods: demand.reduce((sum, { pods }) => sum + pods, 0),
    cpu: coresOf(total('cpu')),
    memory: mebibytesOf(total('memory')),
  };
}
