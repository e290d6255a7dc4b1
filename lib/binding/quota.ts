import type { Quota } from '../environment';
import { quantityNanos, type Manifest } from '../foundation';
import { podAmount, type Load, type Side } from '../guardrail';
import { coresOf, mebibytesOf } from './amount';
import { bindingLog, boundLabels, type Binding, type Bound } from './bound';
import { allHaveCpuLimits, largestLimit, loadsHere, UNSTATED } from './quota-loads';
import { unstatedIn } from './service-demand';

/** A release that halves every size starts its new pods while all the old ones are there. */
const HEADROOM_PERCENT = 100;

/**
 * A quota for all that may be in the namespace at a time, and defaults for containers that state nothing. The defaults leave disk out: a
 * limit on it would evict the pods of operators, which state none.
 * @see https://kubernetes.io/docs/concepts/policy/limit-range/
 */
export function bindQuota(bound: Bound): Binding {
  const { quota } = bound.environment.props;
  if (!quota) return { manifests: [] };
  const unstated = unstatedIn(bound);
  if (unstated.length > 0) {
    const problems = unstated.flatMap(({ service, provider }) => {
      const log = bindingLog(bound, service);
      const found = `the environment has a quota, and ${provider} makes pods in its namespace without saying what they take`;
      const fix = 'Let the provider return demand, or give the environment no quota';
      log.error('EnvironmentInvalid', found, fix);
      return log.problems;
    });
    return { manifests: [], problems };
  }
  const loads = loadsHere(bound, quota);
  if (loads.length === 0) return { manifests: [] };
  const metadata = { name: bound.phaseOne.application, labels: boundLabels(bound) };
  const withRoom = roomFor(quota);
  const hasCpuLimits = allHaveCpuLimits(bound);
  return {
    manifests: [
      {
        apiVersion: 'v1',
        kind: 'ResourceQuota',
        metadata,
        spec: { hard: hardAmounts(loads, hasCpuLimits, withRoom) },
      },
      {
        apiVersion: 'v1',
        kind: 'LimitRange',
        metadata,
        spec: { limits: [containerLimits(loads, hasCpuLimits, withRoom)] },
      },
    ],
  };
}

type Room = (amount: bigint) => bigint;

const roomFor =
  ({ headroomPercent = HEADROOM_PERCENT }: Quota): Room =>
  (amount) =>
    (amount * BigInt(100 + headroomPercent) + 99n) / 100n;

/** Without a limit on CPU where somebody goes without one: a quota refuses pods that lack what it counts. */
function hardAmounts(
  loads: readonly Load[],
  hasCpuLimits: boolean,
  withRoom: Room,
): Readonly<Record<string, string>> {
  const total = (side: Side, resource: string): bigint =>
    withRoom(
      loads.reduce(
        (sum, { podSpec, pods, surge }) =>
          sum + podAmount(podSpec, side, resource) * BigInt(pods + surge),
        0n,
      ),
    );
  const disk = 'ephemeral-storage';
  const hasDisk = total('limits', disk) > 0n;
  const pods = loads.reduce((sum, { pods: count, surge }) => sum + count + surge, 0);
  return {
    pods: String(withRoom(BigInt(pods))),
    'requests.cpu': coresOf(total('requests', 'cpu')),
    'requests.memory': mebibytesOf(total('requests', 'memory')),
    ...(hasDisk && { [`requests.${disk}`]: mebibytesOf(total('requests', disk)) }),
    ...(hasCpuLimits && { 'limits.cpu': coresOf(total('limits', 'cpu')) }),
    'limits.memory': mebibytesOf(total('limits', 'memory')),
    ...(hasDisk && { [`limits.${disk}`]: mebibytesOf(total('limits', disk)) }),
  };
}

/**
 * The largest container has the same room: pods of the release before may come again in the middle of a rollout. A `max` is the default
 * limit too where there is none, so it names nothing that has no default.
 */
function containerLimits(
  loads: readonly Load[],
  hasCpuLimits: boolean,
  withRoom: Room,
): Manifest['spec'] {
  const { requests, limits } = UNSTATED;
  const largest = (resource: 'cpu' | 'memory'): bigint => {
    const stated = withRoom(largestLimit(loads, resource));
    const unstated = quantityNanos(limits[resource]) ?? 0n;
    return stated > unstated ? stated : unstated;
  };
  return {
    type: 'Container',
    default: { ...(hasCpuLimits && { cpu: limits.cpu }), memory: limits.memory },
    defaultRequest: requests,
    max: {
      ...(hasCpuLimits && { cpu: coresOf(largest('cpu')) }),
      memory: mebibytesOf(largest('memory')),
    },
  };
}
