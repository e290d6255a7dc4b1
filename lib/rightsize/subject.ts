import {
  tryParseQuantity,
  type ApplicationModel,
  type ContainerModel,
  type WorkloadModel,
} from '../foundation';
import { isTier, type LockEntry, type SizingSubject } from '../sizing';
import { endsByItself } from './ask';

/** A container as the recommendation sees it: what it has now, by the model, and what the lock says of the source. */
export function subjectOf(
  model: ApplicationModel,
  workload: WorkloadModel,
  container: ContainerModel,
  source: string,
  previous: LockEntry | undefined,
): SizingSubject {
  const { requests, limits, runtime, measured } = container;
  const memory = amount(requests.memory);
  const target = container.role === 'main' ? cpuTarget(model, workload) : undefined;
  const tier = measured?.tier;
  return {
    kind: endsByItself(workload.kind) ? 'run' : 'running',
    // Of what has no tier, the usual one is asked.
    tier: isTier(tier) ? tier : 'standard',
    request: { cpu: amount(requests.cpu), memory },
    source,
    memoryLimit: limits.memory === undefined ? memory : amount(limits.memory),
    ...(previous && { previous }),
    ...(target !== undefined && { hpa: { targetCpuPercent: target } }),
    ...(runtime && { runtime }),
  };
}

const amount = (quantity: string | undefined): number => tryParseQuantity(quantity ?? '') ?? 0;

/** What the autoscaler of the main container aims for; undefined where no environment has one that goes by CPU. */
function cpuTarget(
  { environments }: ApplicationModel,
  { name, scale }: WorkloadModel,
): number | undefined {
  const isScaled = environments.some(({ objects }) =>
    objects.some((object) => object.kind === 'HorizontalPodAutoscaler' && object.name === name),
  );
  return isScaled ? scale?.targetCpuPercent : undefined;
}
