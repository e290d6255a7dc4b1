import { label, selector, ServerError, type Answering, type Matcher } from '../../prometheus';
import { firstFew } from '../first-few';
import type { Incident } from '../incident';
import type { ActFacts, ClusterFacts } from './facts';

/** What began later Prometheus need not have seen yet. */
const SCRAPED_SECONDS = 300;

/** The pods of a Deployment that a Prometheus sees: clusters with the same names differ by those of their pods. */
export async function watchedPods(
  prometheus: Answering,
  { namespace, service }: Incident,
  now: number,
  matchers: readonly Matcher[],
): Promise<ClusterFacts['watched']> {
  const info = selector('kube_pod_info', [
    ...[label('namespace', namespace), label('created_by_kind', 'ReplicaSet')],
    { label: 'created_by_name', is: '=~', value: `${service}-[a-z0-9]+` },
    ...matchers,
  ]);
  try {
    const rows = await prometheus.query(`max by (pod) (${info})`, now);
    return rows.flatMap(({ labels }) => labels.pod ?? []);
  } catch (error) {
    if (!(error instanceof ServerError)) throw error;
    return { unseen: error.found };
  }
}

/** Why the cluster may not be the one of which Prometheus speaks; nothing where it is. */
export function otherCluster({ cluster, now, incident }: ActFacts): readonly string[] {
  if (!cluster) return [];
  const { watched, pods } = cluster;
  const unsure = 'that it is the cluster of which Prometheus speaks is not known';
  if ('unseen' in watched) return [`${unsure}: kube_pod_info: ${watched.unseen}`];
  if (pods.length === 0) return [`${unsure}: there is no pod by which to tell`];
  const seen = new Set(watched);
  const unwatched = pods.filter(({ name }) => !seen.has(name));
  const strange = unwatched.filter(({ createdAt }) => now - createdAt > SCRAPED_SECONDS);
  if (unwatched.length === pods.length || strange.length > 0) {
    const names = firstFew((strange.length > 0 ? strange : unwatched).map(({ name }) => name));
    return [
      `Prometheus knows no ${names} in ${incident.namespace} (kube_pod_info): --context is another cluster than the one that it watches`,
    ];
  }
  const own = new Set(pods.map(({ name }) => name));
  const more = watched.filter((name) => !own.has(name));
  if (more.length === 0) return [];
  return [
    `Prometheus sees ${firstFew(more)} too, which are not in --context: it watches several clusters, so give --selector; or they have just gone, so look again in five minutes`,
  ];
}
