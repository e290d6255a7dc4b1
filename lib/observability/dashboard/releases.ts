import { isLasting } from '../alert/pods-of';
import { selectSeries } from '../promql';
import type { Annotation } from './dashboard-json';
import { here } from './expressions';
import type { ServiceDashboardFacts } from './facts';

/**
 * Marks for new versions, and for the time in which pods of an older one are still there. The generation of a Deployment would tell of each
 * change of its replicas too.
 */
export function releases({ application, workload }: ServiceDashboardFacts): readonly Annotation[] {
  if (!isLasting(workload)) return [];
  const deployment = workload.name;
  const owner = selectSeries('kube_replicaset_owner', {
    owner_kind: 'Deployment',
    owner_name: deployment,
  });
  const made =
    'max by (namespace, replicaset) (kube_replicaset_created)\n' +
    `and on (namespace, replicaset) ${owner}`;
  const of = (metric: string): string =>
    `max by (namespace) (${selectSeries(`kube_deployment_status_${metric}`, { deployment })})`;
  return [
    {
      name: 'Releases',
      expr: `1000 * (${here(application, made)})`,
      color: 'blue',
      title: `New version of ${deployment}`,
      isTime: true,
    },
    {
      name: 'Rollouts',
      expr: `(${here(application, `${of('replicas')} - ${of('replicas_updated')}`)}) > 0`,
      color: 'light-blue',
      title: `Older pods of ${deployment} are still there`,
    },
  ];
}
