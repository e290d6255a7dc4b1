import { label, type Series } from '../prometheus';
import { ofNamespaces, tryOwner } from './asked';
import type { Asker } from './asker';
import { looked, type Found } from './found';
import { LEADING, perDeployment, unmeasured } from './kube-state';
import { changesOf } from './runs';

/** Something that was deployed. */
export interface Deploy {
  readonly application: string;
  readonly service: string;
  readonly at: number;
  /** `release`: a new version of the pods. `setting`: the Deployment changed, without new pods that are known, as in a roll-back. */
  readonly kind: 'release' | 'setting';
  /** What the new pods belong to; absent of a setting. */
  readonly replicaSet?: string;
  readonly query: string;
}

/** New versions, and changes of Deployments that are neither that nor a number of replicas; by their time. */
export function deploysOf(asker: Asker): Promise<Found<Deploy>> {
  const { asked } = asker;
  const owner = ofNamespaces('kube_replicaset_owner', asked, [label('owner_kind', 'Deployment')]);
  const created = `max by (namespace, replicaset) (${ofNamespaces('kube_replicaset_created', asked)})`;
  const releases = `${created} * on (namespace, replicaset) group_left (owner_name) max by (namespace, replicaset, owner_name) (${owner})`;
  const generations = perDeployment(asker, 'kube_deployment_status_observed_generation');
  const queries = [releases, generations];
  return looked('deploys', queries, async () => {
    const [made = [], observed = [], scaled = []] = await Promise.all(
      [...queries, perDeployment(asker, 'kube_deployment_spec_replicas')].map((query) =>
        asker.over(query, LEADING),
      ),
    );
    if (made.length + observed.length === 0) {
      return unmeasured('deploys', asker, 'kube_replicaset_created', queries);
    }
    const released = made.flatMap((series) => tryRelease(asker, series) ?? []);
    const settings = observed.flatMap((series) => settingsOf(asker, series, released, scaled));
    const rows = [...released, ...settings].sort((a, b) => a.at - b.at);
    return { rows, queries, gaps: [], uncertaintySeconds: asker.range(LEADING).step };
  });
}

/** When it was made is a value, so it is known to the second. */
function tryRelease(asker: Asker, { labels, points }: Series): Deploy | undefined {
  const { namespace = '', replicaset = '', owner_name: name = '' } = labels;
  const { start, end } = asker.range(LEADING);
  const whose = tryOwner(asker.asked.places, namespace, name);
  const at = points.at(-1)?.value ?? 0;
  if (!whose || at < start || at > end) return undefined;
  const query = `kube_replicaset_created{namespace="${namespace}",replicaset="${replicaset}"}`;
  return { ...whose, at, kind: 'release', replicaSet: replicaset, query };
}

function settingsOf(
  asker: Asker,
  { labels, points }: Series,
  released: readonly Deploy[],
  scaled: readonly Series[],
): readonly Deploy[] {
  const { namespace = '', deployment = '' } = labels;
  const whose = tryOwner(asker.asked.places, namespace, deployment);
  if (!whose) return [];
  const replicas = scaled.find(
    (each) => each.labels.namespace === namespace && each.labels.deployment === deployment,
  );
  const others = [
    ...released.filter(({ service }) => service === whose.service).map(({ at }) => at),
    ...changesOf(replicas?.points ?? []).map(({ at }) => at),
  ];
  const near = Math.max(2 * asker.range(LEADING).step, SCRAPE_SECONDS / asker.asked.pace);
  const query = `kube_deployment_status_observed_generation{namespace="${namespace}",deployment="${deployment}"}`;
  return changesOf(points)
    .filter(({ at }) => !others.some((other) => Math.abs(at - other) <= near))
    .map(({ at }) => ({ ...whose, at, kind: 'setting', query }));
}

/** A scrape sees a change some time after it. */
const SCRAPE_SECONDS = 120;
