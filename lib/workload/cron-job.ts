import type { CronJobSpec, Manifest } from '../foundation';
import { podTemplate } from './pod';
import type { ScheduleFacts, Workload } from './workload';

/** Runs to look back at: three that worked and one that failed, as naiserator and Kubernetes keep. */
const HISTORY = { successfulJobsHistoryLimit: 3, failedJobsHistoryLimit: 1 };

/** A CronJob. A run that a drained node interrupted does not count as a failure. */
export function cronJob(workload: Workload, schedule: ScheduleFacts): Manifest {
  const spec: CronJobSpec = {
    schedule: schedule.cron,
    timeZone: schedule.timeZone,
    concurrencyPolicy: 'Forbid',
    startingDeadlineSeconds: schedule.startingDeadlineSeconds,
    ...HISTORY,
    jobTemplate: {
      spec: {
        activeDeadlineSeconds: schedule.activeDeadlineSeconds,
        backoffLimit: schedule.retries,
        podFailurePolicy: {
          rules: [
            {
              action: 'Ignore',
              onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }],
            },
          ],
        },
        template: podTemplate(workload.pod),
      },
    },
  };
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name: workload.name, labels: workload.pod.labels },
    spec,
  };
}
