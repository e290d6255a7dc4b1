import { quantityNanos } from '../../foundation';
import { bagAt, bagsAt, valueAt, type Bag } from './fields';
import { isSidecar } from './pods';

/** The two amounts of a resource that a container names. */
export type Side = 'requests' | 'limits';

/** A quantity in billionths; undefined when there is none. */
export function tryNanos(quantity: unknown): bigint | undefined {
  const isQuantity = typeof quantity === 'string' || typeof quantity === 'number';
  return isQuantity ? quantityNanos(String(quantity)) : undefined;
}

/** What is not requested is requested up to its limit. */
function amountOf(holder: Bag, side: Side, resource: string): bigint | undefined {
  const resources = bagAt(holder, 'resources');
  const amount = tryNanos(valueAt(resources, side, resource));
  return (
    amount ?? (side === 'limits' ? undefined : tryNanos(valueAt(resources, 'limits', resource)))
  );
}

const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b);

/**
 * What one pod counts for, in billionths: all that runs together, or the largest init container with the sidecars that started before it.
 * What the pod as a whole states comes first, and the overhead of its runtime on top.
 * @see https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#resource-sharing-within-containers
 */
export function podAmount(podSpec: Bag, side: Side, resource: string): bigint {
  const of = (holder: Bag): bigint => amountOf(holder, side, resource) ?? 0n;
  let sidecars = 0n;
  let starting = 0n;
  for (const container of bagsAt(podSpec, 'initContainers')) {
    if (isSidecar(container)) sidecars += of(container);
    starting = larger(starting, sidecars + (isSidecar(container) ? 0n : of(container)));
  }
  const running = bagsAt(podSpec, 'containers').reduce((sum, each) => sum + of(each), sidecars);
  const stated = amountOf(podSpec, side, resource);
  const overhead = tryNanos(valueAt(podSpec, 'overhead', resource)) ?? 0n;
  return (stated ?? larger(running, starting)) + overhead;
}
