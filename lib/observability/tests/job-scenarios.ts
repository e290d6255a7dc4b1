import type { WorkloadModel } from '../../foundation';
import { tryLateSeconds } from '../alert/job-alerts';
import { sampleJobs } from '../alert/pods-of';
import { told, together, type WorkloadStory } from './deployment-scenarios';
import { input } from './input';
import type { Happening } from './places';

const MINUTE = 60;
const YEAR = 365 * 86_400;

/** A run that began a minute before the fault, and its end. */
const run = (job_name: string, end: 'failed' | 'complete', began = -MINUTE): Happening =>
  together(
    startOf(job_name, began),
    told(
      { job_name, condition: 'true' },
      { [`kube_job_${end}`]: (since) => (since >= began + MINUTE ? 1 : undefined) },
    ),
  );

const startOf =
  (job_name: string, began: number): Happening =>
  (namespace, timeline) => [
    input('kube_job_status_start_time', { namespace, job_name }, timeline, (at) =>
      at >= timeline.fault + began ? timeline.fault + began : undefined,
    ),
  ];

/** When a scheduled job succeeded last, by how many seconds ago the fault began. */
const succeeded =
  (cronjob: string, since: number, metric = 'status_last_successful_time'): Happening =>
  (namespace, timeline) => [
    input(`kube_cronjob_${metric}`, { namespace, cronjob }, timeline, () => timeline.fault + since),
  ];

/** The stories of the alerts of what runs on a schedule, whether it has these alerts or not. */
export function scheduledJobStories(workload: WorkloadModel): readonly WorkloadStory[] {
  const { name } = workload;
  const { earlier, later } = sampleJobs(workload);
  const limit = workload.schedule && tryLateSeconds(workload.schedule);
  return [
    {
      alert: 'ScheduledJobFailed',
      what: 'its last run failed',
      fault: together(run(later, 'failed'), succeeded(name, -3 * MINUTE)),
      healthy: together(run(earlier, 'failed', -3 * MINUTE), succeeded(name, -2 * MINUTE)),
    },
    ...(limit === undefined ? [] : lateStories(name, limit)),
  ];
}

/** After a step it is longer ago than the limit, not just as long. */
const AFTER = { alert: 'ScheduledJobLate', leadSeconds: MINUTE } as const;

const lateStories = (name: string, limit: number): readonly WorkloadStory[] => [
  {
    ...AFTER,
    what: 'has not succeeded for longer than its schedule allows',
    fault: together(succeeded(name, -limit), succeeded(name, -YEAR, 'created')),
    healthy: together(succeeded(name, MINUTE - limit), succeeded(name, -YEAR, 'created')),
  },
  {
    ...AFTER,
    what: 'has never succeeded',
    fault: succeeded(name, -limit, 'created'),
    healthy: succeeded(name, MINUTE - limit, 'created'),
  },
];

/** The stories of the alerts of what migrates. */
export function migrationStories(workload: WorkloadModel): readonly WorkloadStory[] {
  const { earlier, later } = sampleJobs(workload);
  return [
    {
      alert: 'MigrationFailed',
      what: 'fails after one that worked',
      fault: together(run(earlier, 'complete', -5 * MINUTE), run(later, 'failed')),
      healthy: together(run(earlier, 'failed', -5 * MINUTE), run(later, 'complete', -3 * MINUTE)),
    },
  ];
}
