import type { WorkloadKind } from '../foundation';
import type { AskedWorkload } from './ask';

/**
 * Of what the names that Kubernetes makes up end in: no vowels, and no digits that look like letters.
 * @see https://github.com/kubernetes/kubernetes/blob/master/staging/src/k8s.io/apimachinery/pkg/util/rand/rand.go
 */
const MADE_UP = '[bcdfghjklmnpqrstvwxz2456789]';

/** What follows the name of a workload in the names of its pods. */
const ENDINGS: Readonly<Record<WorkloadKind, RegExp>> = {
  'web-service': new RegExp(`^-${MADE_UP}{5,10}-${MADE_UP}{5}$`),
  worker: new RegExp(`^-${MADE_UP}{5,10}-${MADE_UP}{5}$`),
  // The number is the minute of the schedule.
  'scheduled-job': /^-\d{8,10}-[a-z0-9]{5}$/,
  // Our own hash of what the Job consists of.
  migration: /^-[0-9a-f]{8}-[a-z0-9]{5}$/,
};

/** The workload of a pod by its name alone: a guess, since `a-b` may be a release of `a`. The longest name that fits has it. */
export function workloadByName(
  pod: string,
  workloads: readonly AskedWorkload[],
): string | undefined {
  return workloads
    .filter(
      ({ workload, kind }) =>
        pod.startsWith(workload) && ENDINGS[kind].test(pod.slice(workload.length)),
    )
    .sort((a, b) => b.workload.length - a.workload.length)[0]?.workload;
}
