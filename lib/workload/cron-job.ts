import type { CronJobSpec, Manifest } from '../foundation';
import { jobSpec } from './job';
import type { ScheduleFacts, Workload } from './workload';

/** Runs to look back at: three that worked and one that failed, as naiserator and Kubernetes keep. */
const HISTORY = { successfulJobsHistoryLimit: 3, failedJobsHistoryLimit: 1 };

/** A CronJob, whose runs never overlap. */
export function cronJob(workload: Workload, schedule: ScheduleFacts): Manifest {
  const spec: CronJobSpec = {
    schedule: schedule.cron,
    timeZone: schedule.timeZone,
    concurrencyPolicy: 'Forbid',
    startingDeadlineSeconds: schedule.startingDeadlineSeconds,
    ...HISTORY,
    jobTemplate: { spec: jobSpec(workload.pod, schedule) },
  };
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name: workload.name, labels: workload.pod.labels },
    spec,
  };
}
