import { ofNamespaces, tryOwner, type ResolvedAsked } from './asked';
import type { Asker } from './asker';
import { LEADING, unmeasured } from './kube-state';
import { looked, type Found } from './found';
import { changesOf, runsOf } from './runs';

/** A container that began anew. */
export interface Restart {
  readonly application: string;
  readonly service: string;
  readonly pod: string;
  readonly container: string;
  readonly at: number;
  /** How often since the point before. */
  readonly times: number;
  /** Why it ended, such as `OOMKilled`; absent where kube-state-metrics does not say. */
  readonly reason?: string;
  readonly query: string;
}

/** A node that was not ready, and on which pods of the places ran. */
export interface NodeTrouble {
  readonly node: string;
  readonly from: number;
  readonly to: number;
  readonly isOpenAtEnd: boolean;
  readonly query: string;
}

/** What a pod of a Deployment, a Job or a CronJob is called after its workload. */
const SUFFIX = /^-(?:[a-z0-9]+-)?[a-z0-9]+$/;

/** Which workload a pod belongs to, by its name: the longest that fits. */
export const ownerOfPod = (
  { places }: Pick<ResolvedAsked, 'places'>,
  namespace: string,
  pod: string,
): ReturnType<typeof tryOwner> =>
  tryOwner(
    places,
    namespace,
    pod,
    (workload) => pod.startsWith(`${workload}-`) && SUFFIX.test(pod.slice(workload.length)),
  );

/** Containers that began anew, and why; by their time. */
export function restartsOf(asker: Asker): Promise<Found<Restart>> {
  const { asked } = asker;
  const by = 'namespace, pod, container';
  const counts = `max by (${by}) (${ofNamespaces('kube_pod_container_status_restarts_total', asked)})`;
  const terminated = ofNamespaces('kube_pod_container_status_last_terminated_reason', asked);
  const reasons = `max by (${by}, reason) (${terminated}) == 1`;
  const queries = [counts, reasons];
  return looked('restarts', queries, async () => {
    const [counted = [], told = []] = await Promise.all(
      queries.map((query) => asker.over(query, LEADING)),
    );
    if (counted.length === 0) {
      return unmeasured('restarts', asker, 'kube_pod_container_status_restarts_total', queries);
    }
    const { step } = asker.range(LEADING);
    const rows = counted.flatMap(({ labels, points }): readonly Restart[] => {
      const { namespace = '', pod = '', container = '' } = labels;
      const whose = ownerOfPod(asked, namespace, pod);
      if (!whose) return [];
      const same = told.filter(
        (each) => each.labels.pod === pod && each.labels.container === container,
      );
      const query = `kube_pod_container_status_restarts_total{namespace="${namespace}",pod="${pod}",container="${container}"}`;
      return changesOf(points)
        .filter(({ before, after }) => after > before)
        .map(({ at, before, after }) => {
          // Both are of one scrape; a step of slack for what is rounded.
          const reason = same.find((each) =>
            each.points.some((point) => point.at >= at && point.at <= at + step),
          )?.labels.reason;
          const base = { ...whose, pod, container, at, times: after - before, query };
          return reason === undefined ? base : { ...base, reason };
        });
    });
    rows.sort((a, b) => a.at - b.at);
    return { rows, queries, gaps: [], uncertaintySeconds: step };
  });
}

/** Nodes with pods of the places that were not ready; by their time. */
export function nodesOf(asker: Asker): Promise<Found<NodeTrouble>> {
  const { asked } = asker;
  const info = ofNamespaces('kube_pod_info', asked);
  const ready = 'max by (node) (kube_node_status_condition{condition="Ready",status="true"})';
  const query = `${ready} and on (node) group by (node) (${info})`;
  return looked('nodes', [query], async () => {
    const series = await asker.over(query, LEADING);
    if (series.length === 0) {
      return unmeasured('nodes', asker, 'kube_pod_info with kube_node_status_condition', [query]);
    }
    const range = asker.range(LEADING);
    const rows = series.flatMap(({ labels, points }) => {
      const { node = '?' } = labels;
      const bad = points.filter(({ value }) => value === 0);
      return runsOf(bad, range).map(({ from, to, isOpenAtEnd }) => ({
        ...{ node, from, to, isOpenAtEnd },
        query: `kube_node_status_condition{condition="Ready",status="true",node="${node}"}`,
      }));
    });
    rows.sort((a, b) => a.from - b.from);
    return { rows, queries: [query], gaps: [], uncertaintySeconds: range.step };
  });
}
