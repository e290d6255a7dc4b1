import { isLasting, jobPattern, podPattern, stateOf } from '../alert/pods-of';
import { selectSeries } from '../promql';
import { count, here } from './expressions';
import type { ServiceDashboardFacts } from './facts';
import type { Panel, Row, StatPanel, TimeSeriesPanel } from './panel';

const largest = (series: string): string => `max by (namespace) (${series})`;

/** What Kubernetes says of its pods. */
export function kubernetesRow(facts: ServiceDashboardFacts): Row {
  const panels: readonly Panel[] = isLasting(facts.workload)
    ? [replicas(facts), restarts(facts), notReady(facts), killed(facts), ...migrations(facts)]
    : [killed(facts)];
  return { title: 'Kubernetes', panels };
}

const WIDE = { kind: 'timeseries', width: 8, height: 7, min: 0 } as const;
const SMALL = { kind: 'stat', width: 4, height: 7 } as const;
const NONE_IS_GOOD = [{ color: 'green' }, { color: 'orange', from: 1 }] as const;

function replicas({ application, workload }: ServiceDashboardFacts): TimeSeriesPanel {
  const query = (metric: string, legend: string) => {
    const series = selectSeries(`kube_deployment_${metric}`, { deployment: workload.name });
    return { expr: `max(${here(application, largest(series))})`, legend };
  };
  return {
    ...WIDE,
    title: 'Replicas',
    description: 'How many are wanted, and how many are ready.',
    queries: [
      query('spec_replicas', 'wanted'),
      query('status_replicas_available', 'available'),
      query('status_replicas_updated', 'of the newest version'),
    ],
  };
}

function restarts({ application, workload }: ServiceDashboardFacts): TimeSeriesPanel {
  const ended = stateOf(
    workload,
    workload.containers,
    'status_restarts_total',
    {},
    (series) => `increase(${series}[$__rate_interval])`,
  );
  return {
    ...WIDE,
    title: 'Restarts',
    description: 'How often containers were started again.',
    queries: [
      {
        expr: `sum by (container) (${here(application, `sum by (namespace, container) (${ended})`)})`,
        legend: '{{container}}',
      },
    ],
  };
}

function notReady({ application, workload }: ServiceDashboardFacts): StatPanel {
  const unready = selectSeries('kube_pod_status_ready', {
    pod: podPattern(workload),
    condition: 'false',
  });
  return {
    ...SMALL,
    title: 'Not ready',
    description: 'Pods that get no requests: they start, end, or fail their readiness check.',
    queries: [
      {
        expr: count(here(application, `sum by (namespace) (max by (namespace, pod) (${unready}))`)),
        isInstant: true,
      },
    ],
    steps: NONE_IS_GOOD,
  };
}

/** Those that were started again since, and of jobs those that were not. */
function killed({ application, workload }: ServiceDashboardFacts): StatPanel {
  const metric = isLasting(workload) ? 'status_last_terminated_reason' : 'status_terminated_reason';
  const ends = stateOf(
    workload,
    workload.containers,
    metric,
    { reason: 'OOMKilled' },
    (series) => series,
  );
  return {
    ...SMALL,
    title: 'Killed for want of memory',
    description: 'Containers whose last end was at their memory limit.',
    queries: [{ expr: count(here(application, `sum by (namespace) (${ends})`)), isInstant: true }],
    steps: NONE_IS_GOOD,
  };
}

function migrations({ application, workload, workloads }: ServiceDashboardFacts) {
  const own = workloads.filter(({ migration }) => migration?.of === workload.name);
  return own.map((migration): StatPanel => {
    const failed = selectSeries('kube_job_failed', {
      job_name: jobPattern(migration),
      condition: 'true',
    });
    return {
      ...SMALL,
      title: 'Failed migrations',
      description: 'Jobs that were to migrate and failed. Those of older releases stay.',
      queries: [
        {
          expr: count(
            here(application, `sum by (namespace) (max by (namespace, job_name) (${failed}))`),
          ),
          isInstant: true,
        },
      ],
      steps: NONE_IS_GOOD,
    };
  });
}
