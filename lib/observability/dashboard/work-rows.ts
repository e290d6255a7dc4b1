import type { ScaleModel, WorkloadModel } from '../../foundation';
import { tryLateSeconds } from '../alert/job-alerts';
import { jobPattern } from '../alert/pods-of';
import { byNamespace, selectSeries, series } from '../promql';
import { ageOfWaiting, waitingFor } from '../objective/staleness';
import { here } from './expressions';
import { ownObjectives, type ServiceDashboardFacts } from './facts';
import type { Row, StatPanel, TimeSeriesPanel } from './panel';

const WIDE = { kind: 'timeseries', width: 8, height: 7, min: 0 } as const;
const SMALL = { kind: 'stat', width: 6, height: 4 } as const;

/** The age that the objective allows, in seconds. */
const withinSeconds = (facts: ServiceDashboardFacts): number | undefined =>
  ownObjectives(facts).find(({ slo }) => slo === 'freshness')?.withinSeconds;

const lineAt = (seconds: number | undefined) => seconds !== undefined && { lines: [seconds] };

/** The messages that wait for a worker; no panels for one that says nothing of them. */
export function waitingRow(facts: ServiceDashboardFacts): Row {
  const on = facts.workload.scale?.on;
  return { title: 'Messages', panels: on ? waitingPanels(facts, on) : [] };
}

function waitingPanels(
  facts: ServiceDashboardFacts,
  on: NonNullable<ScaleModel['on']>,
): readonly TimeSeriesPanel[] {
  const waiting = waitingFor(
    on.kind === 'queue-length' ? { queue: on.queue } : { group: on.group },
  );
  const within = (expression: string): string => `sum(${here(facts.application, expression)})`;
  const is = waiting.labels;
  const all = byNamespace('sum', series({ metric: waiting.waiting, is }));
  const taken = waiting.taken.map((metric) =>
    byNamespace('sum', `rate(${series({ metric, is })}[$__rate_interval])`),
  );
  return [
    {
      ...WIDE,
      title: 'Age of the oldest',
      description:
        'What waits by what is taken in a second: an estimate, as brokers tell the age of no message. The line is the objective.',
      queries: [{ expr: `max(${here(facts.application, ageOfWaiting(waiting))})`, legend: 'age' }],
      unit: 's',
      ...lineAt(withinSeconds(facts)),
    },
    {
      ...WIDE,
      title: 'Waiting',
      description: 'How many messages have yet to be taken.',
      queries: [{ expr: within(all), legend: 'messages' }],
    },
    {
      ...WIDE,
      title: 'Taken',
      description: 'How many messages are taken in a second.',
      queries: [{ expr: within(taken.join(' or ')), legend: 'messages' }],
      unit: 'ops',
    },
  ];
}

/** How a scheduled job does; no panels for others. */
export function runRow(facts: ServiceDashboardFacts): Row {
  const { workload } = facts;
  const isScheduled = workload.kind === 'scheduled-job';
  return { title: 'Runs', panels: isScheduled ? [...runStats(facts), ...runSeries(facts)] : [] };
}

const ofCronJob = ({ name }: WorkloadModel, metric: string): string =>
  `max by (namespace) (${selectSeries(`kube_cronjob_${metric}`, { cronjob: name })})`;

/** Before the first success it counts from its making. */
const sinceSuccess = (workload: WorkloadModel): string =>
  `time() - (${ofCronJob(workload, 'status_last_successful_time')} or ${ofCronJob(workload, 'created')})`;

function runStats({ application, workload }: ServiceDashboardFacts): readonly StatPanel[] {
  const now = (expression: string) => [
    { expr: `max(${here(application, expression)})`, isInstant: true as const },
  ];
  const gray = [{ color: 'text' }] as const;
  return [
    {
      ...SMALL,
      title: 'Last success',
      description: 'How long ago; of one that never succeeded, how long ago it was made.',
      queries: now(sinceSuccess(workload)),
      ...{ unit: 's', steps: gray },
    },
    {
      ...SMALL,
      title: 'Next run',
      description: 'In how long. Below zero it should have begun.',
      queries: now(`${ofCronJob(workload, 'next_schedule_time')} - time()`),
      ...{ unit: 's', steps: gray, none: '-' },
    },
    {
      ...SMALL,
      title: 'Running',
      description: 'Runs that have not ended.',
      queries: now(ofCronJob(workload, 'status_active')),
      steps: gray,
    },
    {
      ...SMALL,
      title: 'Suspended',
      description: 'Whether somebody has stopped its schedule.',
      queries: now(ofCronJob(workload, 'spec_suspend')),
      meanings: [
        { value: 0, text: 'no', color: 'green' },
        { value: 1, text: 'yes', color: 'orange' },
      ],
    },
  ];
}

function runSeries(facts: ServiceDashboardFacts): readonly TimeSeriesPanel[] {
  const { application, workload } = facts;
  const job_name = jobPattern(workload);
  const ofJobs = (metric: string, more: Readonly<Record<string, string>> = {}): string =>
    `max by (namespace, job_name) (${selectSeries(`kube_job_${metric}`, { job_name, ...more })})`;
  const late = withinSeconds(facts) ?? (workload.schedule && tryLateSeconds(workload.schedule));
  const took = `${ofJobs('status_completion_time')} - ${ofJobs('status_start_time')}`;
  const failed = ofJobs('failed', { condition: 'true' });
  return [
    {
      ...WIDE,
      title: 'Time since the last success',
      description: 'Above the line it is late, by its schedule and its deadlines.',
      queries: [{ expr: `max(${here(application, sinceSuccess(workload))})`, legend: 'time' }],
      unit: 's',
      ...lineAt(late),
    },
    {
      ...WIDE,
      title: 'Duration of runs',
      description: 'How long the runs took that are still there. The line is their deadline.',
      queries: [{ expr: `max by (job_name) (${here(application, took)})`, legend: '{{job_name}}' }],
      unit: 's',
      ...lineAt(workload.schedule?.deadlineSeconds),
    },
    {
      ...WIDE,
      title: 'Failed runs',
      description: 'Runs that failed with all their retries, and are still there.',
      queries: [
        {
          expr: `sum(${here(application, `sum by (namespace) (${failed})`)}) or vector(0)`,
          legend: 'runs',
        },
      ],
    },
  ];
}
