import type { JobSpec } from '../foundation';
import { podTemplate, type PodFacts } from './pod';

/** When a run is given up. */
export interface JobFacts {
  readonly activeDeadlineSeconds: number;
  readonly retries: number;
}

/** A run that ends. One that a drained node interrupted does not count as a failure. */
export const jobSpec = (
  pod: PodFacts,
  { activeDeadlineSeconds, retries }: JobFacts,
): Omit<JobSpec, 'ttlSecondsAfterFinished'> => ({
  activeDeadlineSeconds,
  backoffLimit: retries,
  podFailurePolicy: {
    rules: [
      {
        action: 'Ignore',
        onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }],
      },
    ],
  },
  template: podTemplate(pod),
});
