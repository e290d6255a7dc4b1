import { selectSeries } from '../../observability';
import { asked, largest } from './expressions';
import type { WorkloadFacts } from './facts';
import { kubectl, ofMigration, ofPods, resource, runner } from './kubectl';
import { joined, sh } from './markdown';

/** What is younger than the incident: most are made by a change. */
export function whatChanged(facts: WorkloadFacts): string {
  const { workload, migrations } = facts;
  const isJob = workload.kind === 'scheduled-job';
  return joined(
    '## What changed?',
    isJob
      ? 'A change of half an hour before: [take it back](#go-back-to-the-last-release) before you know why.'
      : 'A release in the half hour before: [take it back](#go-back-to-the-last-release) before you know why.',
    isJob
      ? sh(
          ofPods('get jobs --sort-by=.metadata.creationTimestamp'),
          kubectl(`get ${runner(facts)} -o wide`),
        )
      : sh(
          kubectl(`rollout history ${runner(facts)}`),
          ofPods('get replicasets --sort-by=.metadata.creationTimestamp -o wide'),
        ),
    isJob
      ? ''
      : asked(
          facts,
          'Seconds since each version came:',
          versions(workload.name),
          (all) => `sort(${all})`,
        ),
    sh(
      ...migrations.map((migration) => ofMigration('get jobs', migration)),
      ...settings(facts).map((each) => kubectl(`describe ${each}`)),
      ...scaler(facts).map((each) => kubectl(`describe ${each}`)),
      kubectl('get events --sort-by=.lastTimestamp | tail -n 30'),
      'kubectl get nodes --sort-by=.metadata.creationTimestamp',
    ),
  );
}

const versions = (deployment: string): string => {
  const owner = selectSeries('kube_replicaset_owner', {
    owner_kind: 'Deployment',
    owner_name: deployment,
  });
  return `time() - (max by (namespace, replicaset) (kube_replicaset_created) and on (namespace, replicaset) ${owner})`;
};

/** What holds values of an environment. */
const settings = ({ bound }: WorkloadFacts): readonly string[] =>
  names(bound, ({ kind }) => kind === 'ConfigMap');

/** What decides about the number of its replicas. */
export const scaler = ({ bound, workload }: WorkloadFacts): readonly string[] =>
  names(
    bound,
    ({ kind, metadata }) =>
      ['HorizontalPodAutoscaler', 'ScaledObject'].includes(kind) && metadata.name === workload.name,
  );

function names(
  bound: WorkloadFacts['bound'],
  test: (manifest: WorkloadFacts['bound'][number]['manifest']) => boolean,
): readonly string[] {
  const found = bound
    .filter(({ manifest }) => test(manifest))
    .map(({ manifest }) => `${resource(manifest)}/${manifest.metadata.name}`);
  return [...new Set(found)].sort();
}

/** The replicas that are wanted and not there. */
export const missing = (deployment: string): string =>
  ['spec_replicas', 'status_replicas_available']
    .map((metric) => largest(`kube_deployment_${metric}`, { deployment }))
    .join(' - ');
