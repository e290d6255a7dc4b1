import { podPattern, selectSeries } from '../../observability';
import { wellness } from './expressions';
import type { RunbookFacts, WorkloadFacts } from './facts';
import { goldenPath, kubectl, ofPods } from './kubectl';
import { joined, sh } from './markdown';

/** Who else is on its nodes: a cause far from its effect. */
export function neighboursOnNode(facts: WorkloadFacts): string {
  const pods = selectSeries('kube_pod_info', { pod: podPattern(facts.workload) });
  const nodes = `on (node) group by (node) (${pods} and on (namespace) ${info(facts)})`;
  const top = (use: string): string =>
    `topk(5, (${use})\n  * on (namespace, pod) group_left (node) max by (namespace, pod, node) (kube_pod_info)\n  and ${nodes})`;
  const cpu =
    'sum by (namespace, pod) (rate(container_cpu_usage_seconds_total{container!=""}[5m]))';
  const memory = 'sum by (namespace, pod) (container_memory_working_set_bytes{container!=""})';
  return joined(
    '## Neighbours on the node',
    'When only some pods are slow, and share a node:',
    sh(ofPods('get pods -o wide')),
    'With the node that you found:',
    sh('NODE=', 'kubectl describe node "${NODE:?}"'),
    plain(facts, 'The pods on its nodes that use most CPU, in cores:', top(cpu)),
    plain(facts, 'And most memory, in bytes:', top(memory)),
  );
}

const info = ({ application }: RunbookFacts): string =>
  selectSeries('golden_path:namespace:info', { application });

/** A question about all pods of a node, whosesoever. */
const plain = ({ recorded }: RunbookFacts, before: string, expression: string): string =>
  recorded.has('golden_path:namespace:info')
    ? joined(before, ['```promql', expression, '```'].join('\n'))
    : '';

/** When it is over, and what was changed by hand has to go. */
export function recovery(facts: RunbookFacts): string {
  const pages = facts.alerts.some(({ name }) => name === 'SLOErrorBudgetBurnPage');
  return joined(
    '## Recovery',
    wellness(facts, 'It is over when, for five minutes, this is'),
    pages
      ? 'The page ends up to 30 minutes later, as it looks back over half an hour: do not wait for it.'
      : '',
    'Then take back what was changed by hand, newest first.',
  );
}

/** What to keep before it is gone. */
export function after(facts: WorkloadFacts): string {
  const { workload } = facts;
  const isJob = workload.kind === 'scheduled-job';
  return joined(
    '## After',
    'Kubernetes forgets events after an hour, and logs with their pods. Keep them now:',
    sh(
      kubectl(`get events -o yaml > ${workload.name}-events.yaml`),
      ofPods('get pods -o yaml') + ` > ${workload.name}-pods.yaml`,
      ofPods('logs') + ` --all-containers --prefix --tail=-1 > ${workload.name}.log`,
      ...(isJob
        ? []
        : [
            ofPods('logs') +
              ` --all-containers --prefix --tail=-1 --previous > ${workload.name}-before.log`,
          ]),
    ),
    postmortem(facts),
  );
}

/** What writes down the incident, and what tells whether somebody has practised it. */
export const postmortem = (facts: RunbookFacts): string =>
  joined(
    'Then write the postmortem, which finds by itself what Prometheus knows. Times in UTC, as `2027-03-31T14:05`:',
    sh(
      'FROM=',
      'TO=',
      goldenPath(facts, 'postmortem', '--from "${FROM:?}" --to "${TO:?}"'),
      `npx golden-path game-day coverage ${facts.application}`,
    ),
  );
