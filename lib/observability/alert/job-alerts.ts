import type { ScheduleModel, WorkloadModel } from '../../foundation';
import { runsEveryHour, tryLongestGapSeconds } from '../../workload';
import { jobPattern, selectorText } from './pods-of';
import { selectSeries } from '../promql';
import type { Ticket } from './ticket';

/** Summer time moves the runs of a schedule by an hour, except where each hour has one. */
const SUMMER_TIME_SECONDS = 3600;

const largest = (series: string): string => `max by (namespace) (${series})`;

/** The alerts of what runs on a schedule. */
export function scheduledJobAlerts(workload: WorkloadModel): readonly Ticket[] {
  const limit = workload.schedule && tryLateSeconds(workload.schedule);
  return [scheduledJobFailed(workload), ...(limit === undefined ? [] : [late(workload, limit)])];
}

/** When the last of several runs began that failed. */
function lastFailure(workload: WorkloadModel): string {
  const job_name = jobPattern(workload);
  const began = selectSeries('kube_job_status_start_time', { job_name });
  const failed = selectSeries('kube_job_failed', { job_name, condition: 'true' });
  return largest(`${began} and on (namespace, job_name) ${failed} == 1`);
}

/** A failed run stays for somebody to look at, so it counts until a later one succeeds. */
function scheduledJobFailed(workload: WorkloadModel): Ticket {
  const { name } = workload;
  const failure = lastFailure(workload);
  const success = largest(
    selectSeries('kube_cronjob_status_last_successful_time', { cronjob: name }),
  );
  return {
    alert: 'ScheduledJobFailed',
    expr: `${failure} > (${success} or 0 * ${failure})`,
    summary: `The last run of ${name} failed in {{ $labels.environment }}`,
    description:
      `The run of {{ $value | humanizeTimestamp }} failed with all its retries, and none has succeeded since. ` +
      `Look first at what it said: kubectl -n {{ $labels.namespace }} logs -l ${selectorText(workload)} --all-containers --tail=50`,
  };
}

/** When the runs of a scheduled job begin, and how long they may take. */
export type Runs = Pick<
  ScheduleModel,
  'cron' | 'timeZone' | 'startingDeadlineSeconds' | 'deadlineSeconds'
>;

/**
 * How long after a success the next one must be there: the longest gap, a late start, and the longest run; undefined for what never runs
 * twice.
 */
export function tryLateSeconds(runs: Runs): number | undefined {
  const { cron, timeZone, startingDeadlineSeconds, deadlineSeconds } = runs;
  const gap = tryLongestGapSeconds(cron);
  if (gap === undefined) return undefined;
  const isSteady = runsEveryHour(cron) || ['UTC', 'Etc/UTC'].includes(timeZone);
  const summerTime = isSteady ? 0 : SUMMER_TIME_SECONDS;
  return gap + startingDeadlineSeconds + deadlineSeconds + summerTime;
}

/** A CronJob that is suspended, or whose runs never begin, is late as well. */
function late({ name }: WorkloadModel, seconds: number): Ticket {
  const of = (metric: string): string =>
    largest(selectSeries(`kube_cronjob_${metric}`, { cronjob: name }));
  // Before the first success there is no such series.
  const since = `${of('status_last_successful_time')} or ${of('created')}`;
  return {
    alert: 'ScheduledJobLate',
    expr: `time() - (${since}) > ${seconds}`,
    summary: `${name} is late in {{ $labels.environment }}`,
    description:
      `${name} has not succeeded for {{ $value | humanizeDuration }}, which is longer than its schedule and its deadline allow. ` +
      `Look first whether it is suspended, and when it last began: kubectl -n {{ $labels.namespace }} get cronjob/${name}`,
  };
}

/** Jobs that migrated stay, so a failure counts until a later one succeeds. */
export function migrationAlerts(workload: WorkloadModel): readonly Ticket[] {
  const of = workload.migration?.of ?? workload.name;
  const job_name = jobPattern(workload);
  const failure = lastFailure(workload);
  const began = selectSeries('kube_job_status_start_time', { job_name });
  const complete = selectSeries('kube_job_complete', { job_name, condition: 'true' });
  const success = largest(`${began} and on (namespace, job_name) ${complete} == 1`);
  return [
    {
      alert: 'MigrationFailed',
      expr: `${failure} > (${success} or 0 * ${failure})`,
      summary: `The migration of ${of} failed in {{ $labels.environment }}`,
      description:
        `The migration of {{ $value | humanizeTimestamp }} failed with all its retries, so the release of ${of} that waits for it is not there. ` +
        `Look first at what it said: kubectl -n {{ $labels.namespace }} logs -l ${selectorText(workload)} --all-containers --tail=50`,
    },
  ];
}
