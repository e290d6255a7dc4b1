import { asked, askedOf } from '../expressions';
import { selectSeries } from '../../../observability';
import type { WorkloadFacts } from '../facts';
import { kubectl, ofPods, runner } from '../kubectl';
import { missing, scaler } from '../what-changed';
import type { Signatures } from './signature';

/** What may befall the pods of a Deployment. */
export const replicaSignatures: Signatures = {
  WorkloadReplicasMissing: (facts) => ({
    looks: 'Pods are wanted that are not ready.',
    commands: [ofPods('get pods -o wide'), ofPods('describe pods') + " | grep -A 15 '^Events'"],
    asks: asked(facts, 'How many:', missing(facts.service)),
    then: [
      '`Pending` → no node has room, or a volume or quota is in the way: the event says which',
      '`Running` and not ready → its readiness check fails: [is it us?](#is-it-us)',
      'all on one node → [keep pods off it](#keep-new-pods-off-a-node)',
    ],
  }),
  WorkloadRolloutStuck: (facts) => ({
    looks: 'New pods were not ready within the deadline; the old ones serve.',
    commands: [
      kubectl(`rollout status ${runner(facts)} --timeout=5s`),
      ofPods('get pods --sort-by=.metadata.creationTimestamp'),
    ],
    then: ['[go back](#go-back-to-the-last-release); nobody is hurt as long as the old ones serve'],
  }),
  WorkloadAtMaximumScale: (facts) => ({
    looks: 'All replicas that it may have run: more load makes it slower.',
    commands: scaler(facts).map((each) => kubectl(`describe ${each}`)),
    asks: requests(facts),
    then: [
      'more requests than usual → raise `scale.max` of its definition and release; more replicas also load what it calls',
      'each takes longer → what it calls is slow: [is it us?](#is-it-us)',
    ],
  }),
};

const requests = (facts: WorkloadFacts): string => {
  const { application, service } = facts;
  const events = selectSeries('slo:sli_events:rate5m', { application, service });
  const hasRequests = facts.workload.objectives?.some(({ slo }) => slo !== 'freshness') ?? false;
  return hasRequests
    ? askedOf(
        facts,
        'slo:sli_events:rate5m',
        'Requests per second; compare with yesterday:',
        `max by (environment) (${events})`,
      )
    : '';
};
