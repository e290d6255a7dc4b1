import { isLasting, limitedContainers, ofContainers, stateOf } from '../../../observability';
import { asked } from '../expressions';
import type { WorkloadFacts } from '../facts';
import { kubectl, neededObjects, ofPods } from '../kubectl';
import type { Signature, Signatures } from './signature';

const POD = 'by (namespace, pod, container)';

/** One section for two alerts: what is near its limit today is killed tomorrow. */
const memory = (facts: WorkloadFacts): Signature => ({
  looks: 'A container is near its memory limit, or reached it and was killed.',
  ...(limitedContainers(facts.workload, 'memory').length > 0 && { asks: memoryOf(facts) }),
  then: [
    isLasting(facts.workload)
      ? 'a slope → a leak: [replace all pods](#replace-all-pods) to win time'
      : 'more than before → it has more to do: a larger size',
    'a step, or since a release → [go back](#go-back-to-the-last-release), or give it a larger size',
    ...(isLasting(facts.workload) ? ['with the load → [scale out](#scale-out)'] : []),
  ],
});

/** What may befall a container. */
export const containerSignatures: Signatures = {
  WorkloadCrashLooping: (facts) => ({
    looks: 'A container ends soon after each start.',
    commands: [
      ofPods('logs') + ` -c ${mainOf(facts)} --previous --tail=50`,
      ofPods('describe pods') + " | grep -A 7 'Last State'",
    ],
    then: [
      'since a release → [go back](#go-back-to-the-last-release)',
      'exit code 137 with `OOMKilled` → [WorkloadOutOfMemory](#WorkloadOutOfMemory)',
      'it cannot reach something that it needs → [is it us?](#is-it-us)',
    ],
  }),
  WorkloadContainerWaiting: (facts) => ({
    looks: 'A container does not start: no image, or no Secret, ConfigMap or key.',
    commands: [
      ofPods('get pods'),
      kubectl('get events --field-selector=type=Warning --sort-by=.lastTimestamp | tail -n 20'),
      ...needed(facts),
    ],
    then: [
      '`ErrImagePull`, `ImagePullBackOff` → the image is not there, or may not be pulled: [go back](#go-back-to-the-last-release)',
      '`CreateContainerConfigError` → the event names what is missing; whoever makes it has failed',
    ],
  }),
  WorkloadOutOfMemory: memory,
  WorkloadMemoryNearLimit: memory,
  WorkloadCpuThrottled: (facts) => ({
    looks: 'A container waits for CPU though the node may have some: callers feel it as latency.',
    asks: throttled(facts),
    then: [
      'with the load → [scale out](#scale-out)',
      'since a release → [go back](#go-back-to-the-last-release)',
      'always → a larger size; or it starts as many threads as the node has cores',
    ],
  }),
};

const mainOf = ({ workload }: WorkloadFacts): string =>
  workload.containers.find(({ role }) => role === 'main')?.name ?? workload.name;

function needed({ manifest }: WorkloadFacts): readonly string[] {
  const names = neededObjects(manifest);
  return names.length === 0 ? [] : [kubectl(`get ${names.join(' ')}`)];
}

function memoryOf(facts: WorkloadFacts): string {
  const { workload } = facts;
  const containers = limitedContainers(workload, 'memory');
  const used = `max ${POD} (${ofContainers(workload, 'container_memory_working_set_bytes', containers)})`;
  const limits = stateOf(workload, containers, 'resource_limits', { resource: 'memory' }, same);
  return asked(facts, 'Memory of limit; draw it over a day:', `${used} / (${limits} > 0)`);
}

function throttled(facts: WorkloadFacts): string {
  const { workload } = facts;
  const containers = limitedContainers(workload, 'cpu');
  const of = (metric: string): string =>
    `sum ${POD} (rate(${ofContainers(workload, metric, containers)}[5m]))`;
  const share = `${of('container_cpu_cfs_throttled_periods_total')} / (${of('container_cpu_cfs_periods_total')} > 0)`;
  return asked(facts, 'The share of periods in which it waited:', share);
}

const same = (series: string): string => series;
