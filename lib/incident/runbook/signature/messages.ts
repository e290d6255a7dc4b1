import type { TriggerModel } from '../../../foundation';
import { selectSeries, waitingFor } from '../../../observability';
import { asked } from '../expressions';
import type { WorkloadFacts } from '../facts';
import { kubectl } from '../kubectl';
import { scaler } from '../what-changed';
import type { Signature } from './signature';

/** What a worker that scales on messages has yet to do. */
export function waiting(facts: WorkloadFacts): Signature {
  const { on } = facts.workload.scale ?? {};
  return {
    looks: `What waits in ${on ? sourceOf(on) : 'its queue'} grows.`,
    commands: scaler(facts).map((each) => kubectl(`describe ${each}`)),
    ...(on && { asks: asked(facts, 'How many messages wait:', messages(on)) }),
    then: [
      'more come than usual → [scale out](#scale-out)',
      'no more come, and replicas are there → each takes longer: [is it us?](#is-it-us)',
      'no replica comes → what scales it cannot count: its conditions above say why',
    ],
  };
}

const sourceOf = (on: TriggerModel): string =>
  on.kind === 'queue-length' ? `the queue \`${on.queue}\`` : `front of the group \`${on.group}\``;

function messages(on: TriggerModel): string {
  const { waiting: metric, labels } = waitingFor(
    on.kind === 'queue-length' ? { queue: on.queue } : { group: on.group },
  );
  return `sum by (namespace) (${selectSeries(metric, labels)})`;
}
