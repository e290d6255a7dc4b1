import type { ContainerModel } from '../../foundation';
import { autoscalerNames } from '../alert/deployment-alerts';
import { ofContainers, stateOf } from '../alert/pods-of';
import { selectSeries } from '../promql';
import { here } from './expressions';
import type { ServiceDashboardFacts } from './facts';
import type { Row, TimeSeriesPanel } from './panel';

const POD = 'by (namespace, pod, container)';

/** What it has of CPU, memory and replicas, and how much of that it uses. */
export function saturationRow(facts: ServiceDashboardFacts): Row {
  const { workload } = facts;
  const lasting = workload.containers.filter(({ role }) => role !== 'init');
  const having = (of: 'requests' | 'limits', resource: string): readonly ContainerModel[] =>
    lasting.filter((each) => each[of][resource] !== undefined);
  const { scale } = workload;
  const panels = [
    ...(having('requests', 'cpu').length > 0 ? [cpu(facts, having('requests', 'cpu'))] : []),
    ...(having('limits', 'memory').length > 0 ? [memory(facts, having('limits', 'memory'))] : []),
    ...(having('limits', 'cpu').length > 0 ? [throttled(facts, having('limits', 'cpu'))] : []),
    ...(scale && scale.min !== scale.max ? [autoscaler(facts)] : []),
  ];
  // Three in a line, two where there are no more, or four.
  const width = panels.length === 3 ? 8 : panels.length === 4 ? 6 : 12;
  return { title: 'Saturation', panels: panels.map((panel) => ({ ...panel, width })) };
}

const plain = { kind: 'timeseries', width: 12, height: 7, min: 0 } as const;
const place = { ...plain, unit: 'percentunit' } as const;

/** The busiest pod and the average of each container. */
const busiest = ({ application }: ServiceDashboardFacts, ratio: string) => [
  {
    expr: `max by (container) (${here(application, `max by (namespace, container) (${ratio})`)})`,
    legend: '{{container}}, highest',
  },
  {
    expr: `max by (container) (${here(application, `avg by (namespace, container) (${ratio})`)})`,
    legend: '{{container}}, average',
  },
];

/** What kube-state-metrics says that a container has of a resource. */
const given = (
  { workload }: ServiceDashboardFacts,
  containers: readonly ContainerModel[],
  of: 'requests' | 'limits',
  resource: string,
): string => stateOf(workload, containers, `resource_${of}`, { resource }, (series) => series);

function cpu(facts: ServiceDashboardFacts, containers: readonly ContainerModel[]): TimeSeriesPanel {
  const used = `sum ${POD} (rate(${ofContainers(facts.workload, 'container_cpu_usage_seconds_total', containers)}[$__rate_interval]))`;
  const requested = given(facts, containers, 'requests', 'cpu');
  return {
    ...place,
    title: 'CPU of request',
    description:
      'How much of its requested CPU a pod uses. Above the line it lives on what its neighbours leave.',
    queries: busiest(facts, `${used} / (${requested} > 0)`),
    lines: [1],
  };
}

function memory(
  facts: ServiceDashboardFacts,
  containers: readonly ContainerModel[],
): TimeSeriesPanel {
  const used = `max ${POD} (${ofContainers(facts.workload, 'container_memory_working_set_bytes', containers)})`;
  const limit = given(facts, containers, 'limits', 'memory');
  return {
    ...place,
    title: 'Memory of limit',
    description: 'How much of its memory limit a pod uses. At 100 % it is killed.',
    queries: busiest(facts, `${used} / (${limit} > 0)`),
    lines: [1],
  };
}

function throttled(
  facts: ServiceDashboardFacts,
  containers: readonly ContainerModel[],
): TimeSeriesPanel {
  const of = (metric: string): string =>
    `sum ${POD} (rate(${ofContainers(facts.workload, metric, containers)}[$__rate_interval]))`;
  const held = of('container_cpu_cfs_throttled_periods_total');
  const periods = of('container_cpu_cfs_periods_total');
  return {
    ...place,
    title: 'Held back by the CPU limit',
    description: 'The share of periods in which a pod had to wait for CPU, which callers feel.',
    queries: busiest(facts, `${held} / (${periods} > 0)`),
  };
}

function autoscaler({ application, workload }: ServiceDashboardFacts): TimeSeriesPanel {
  const { name, scale } = workload;
  const horizontalpodautoscaler = scale ? autoscalerNames(name, scale) : name;
  const query = (metric: string, legend: string) => {
    const series = selectSeries(`kube_horizontalpodautoscaler_${metric}`, {
      horizontalpodautoscaler,
    });
    return { expr: `max(${here(application, `max by (namespace) (${series})`)})`, legend };
  };
  return {
    ...plain,
    title: 'Scale',
    description: 'How many replicas the autoscaler has, and may have.',
    queries: [query('status_current_replicas', 'current'), query('spec_max_replicas', 'most')],
  };
}
