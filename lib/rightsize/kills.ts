import { label, oneOf, type Matcher } from '../prometheus';
import { DAY, once, type Asker } from './asker';

/** Kills of one container of one pod for want of memory. */
export interface Kills {
  readonly pod: string;
  readonly container: string;
  readonly kills: number;
  /** The days on which they were, sorted, as far as they are known. */
  readonly days: readonly string[];
  /** The largest limit in bytes that the pod had. */
  readonly limit?: number;
}

const RESTARTS = 'kube_pod_container_status_restarts_total';
const LAST = 'kube_pod_container_status_last_terminated_reason';
const ENDED = 'kube_pod_container_status_terminated_reason';
const OF = 'pod,container';
const KILLED = label('reason', 'OOMKilled');
/** As far as a value is looked back for. */
const STEP = '5m';

/**
 * Kills by pod and container. A restart counts while the reason of the last end is a kill. What runs to its
 * end is not started again: there the reason of its own end counts.
 */
export async function killsOf(
  asker: Asker,
  containers: readonly string[],
): Promise<readonly Kills[]> {
  const among = oneOf('container', containers);
  const over = (metric: string): string =>
    once(`max_over_time(${asker.select(metric, among, KILLED)}[${asker.wholeWindow}])`, OF);
  const [last, ended] = await Promise.all([asker.atEnd(over(LAST)), asker.atEnd(over(ENDED))]);
  const pods = [...new Set([...last, ...ended].map(({ labels }) => labels.pod ?? ''))].sort();
  if (pods.length === 0) return [];
  const some: readonly Matcher[] = [among, oneOf('pod', pods)];
  const [restarts, limits] = await Promise.all([
    asker.daily(restartsBy(asker, some)),
    asker.atEnd(limitsOf(asker, some)),
  ]);
  const counts = new Map(restarts.map((row) => [keyOfPart(row.labels), row.days.filter(isKill)]));
  const most = byContainer(limits);
  const rows = new Map([...last, ...ended].map(({ labels }) => [keyOfPart(labels), labels]));
  return [...rows].map(([key, { pod = '', container = '' }]) => {
    const limit = most.get(key);
    const counted = counts.get(key) ?? [];
    const rises = counted.reduce((sum, { value }) => sum + value, 0);
    const days = counted.map(({ day }) => day).sort();
    const kills = Math.max(1, Math.round(rises));
    return { pod, container, kills, days, ...(limit !== undefined && { limit }) };
  });
}

const isKill = ({ value }: { readonly value: number }): boolean => value > 0;

/** How often a counter of restarts rose on a day while the reason was a kill. */
function restartsBy(asker: Asker, some: readonly Matcher[]): string {
  const restarts = (offset: string): string =>
    once(`${asker.select(RESTARTS, ...some)}${offset}`, OF);
  // A pod that is younger than a step began with none.
  const before = `(${restarts(` offset ${STEP}`)} or ${restarts('')} * 0)`;
  const killed = once(asker.select(LAST, ...some, KILLED), OF);
  const rises = `clamp_min(${restarts('')} - ${before}, 0) * on (${OF}) ${killed}`;
  return `sum_over_time((${rises})[${DAY}:${STEP}])`;
}

function limitsOf(asker: Asker, some: readonly Matcher[]): string {
  const limits = asker.select(
    'kube_pod_container_resource_limits',
    ...some,
    label('resource', 'memory'),
  );
  return once(`max_over_time(${limits}[${asker.wholeWindow}])`, OF);
}

const byContainer = (rows: Awaited<ReturnType<Asker['atEnd']>>): ReadonlyMap<string, number> =>
  new Map(rows.map(({ labels, value }) => [keyOfPart(labels), value]));

/** A container of a pod, whichever of its lives. */
export const keyOfPart = ({
  pod = '',
  container = '',
}: {
  readonly pod?: string;
  readonly container?: string;
}): string => `${pod} ${container}`;
