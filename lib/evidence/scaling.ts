import type { Series } from '../prometheus';
import { ofNamespaces, tryOwner } from './asked';
import type { Asker } from './asker';
import { looked, type Found } from './found';
import { LEADING, perDeployment, unmeasured } from './kube-state';
import { changesOf } from './runs';

/** A number of pods that changed. */
export interface Scaling {
  readonly application: string;
  readonly service: string;
  readonly at: number;
  /** `wanted`: what the Deployment asks for. `available`: what serves. `at-most`: an autoscaler that began to have no more to add. */
  readonly kind: 'wanted' | 'available' | 'at-most';
  readonly before: number;
  readonly after: number;
  readonly query: string;
}

const KINDS = ['wanted', 'available', 'at-most'] as const;
/** What each is seen in. */
const METRICS = {
  wanted: 'kube_deployment_spec_replicas',
  available: 'kube_deployment_status_replicas_available',
  'at-most': 'kube_horizontalpodautoscaler_status_desired_replicas',
} as const;

/** How many pods were wanted and served, and when an autoscaler had no more to add; by their time. */
export function scalingOf(asker: Asker): Promise<Found<Scaling>> {
  const hpa = (metric: string): string =>
    `max by (namespace, horizontalpodautoscaler) (${ofNamespaces(metric, asker.asked)})`;
  const most = hpa('kube_horizontalpodautoscaler_spec_max_replicas');
  const queries = [
    perDeployment(asker, METRICS.wanted),
    perDeployment(asker, METRICS.available),
    `${hpa(METRICS['at-most'])} >= bool ${most}`,
  ];
  return looked('scaling', queries, async () => {
    const found = await Promise.all(queries.map((query) => asker.over(query, LEADING)));
    if ((found[0]?.length ?? 0) + (found[1]?.length ?? 0) === 0) {
      return unmeasured('scaling', asker, METRICS.wanted, queries);
    }
    const rows = KINDS.flatMap((kind, index) =>
      (found[index] ?? []).flatMap((series) => scalingsOf(asker, kind, series)),
    );
    rows.sort((a, b) => a.at - b.at);
    return { rows, queries, gaps: [], uncertaintySeconds: asker.range(LEADING).step };
  });
}

function scalingsOf(
  { asked: { places } }: Asker,
  kind: Scaling['kind'],
  { labels, points }: Series,
): readonly Scaling[] {
  const { namespace = '', deployment, horizontalpodautoscaler } = labels;
  const name = deployment ?? horizontalpodautoscaler ?? '';
  const isOf = (workload: string): boolean =>
    name === workload || (kind === 'at-most' && name === `keda-hpa-${workload}`);
  const whose = tryOwner(places, namespace, name, isOf);
  if (!whose) return [];
  const object = kind === 'at-most' ? 'horizontalpodautoscaler' : 'deployment';
  const query = `${METRICS[kind]}{namespace="${namespace}",${object}="${name}"}`;
  return changesOf(points)
    .filter(({ after }) => kind !== 'at-most' || after === 1)
    .map((change) => ({ ...whose, kind, ...change, query }));
}
