import type { RuleTest } from '../promtool';

type Series = RuleTest['input_series'][number];

const text = (labels: Readonly<Record<string, string>>): string =>
  Object.entries(labels)
    .map(([key, value]) => `${key}="${value}"`)
    .join(',');
const one = (
  metric: string,
  labels: Readonly<Record<string, string>>,
  values = '1x40',
): Series => ({ series: `${metric}{${text(labels)}}`, values });

/** What runs in one namespace; `speed` tells them apart. */
function namespaceOf(application: string, environment: string, speed: number): readonly Series[] {
  const namespace = `${application}-${environment}`;
  const at = (metric: string, labels: Readonly<Record<string, string>>, values?: string): Series =>
    one(metric, { namespace, ...labels }, values);
  const rising = `0+${60 * speed}x40`;
  const deployed = ['orders', 'mailer', 'stock', 'web'].flatMap((deployment) => {
    const pod = `${deployment}-6d8f9c7b5-bcdfg`;
    const container = { pod, container: deployment };
    const replicaset = `${deployment}-6d8f9c7b5`;
    return [
      at('kube_deployment_spec_replicas', { deployment }, '2x40'),
      at('kube_deployment_status_replicas_available', { deployment }, '2x40'),
      at('kube_deployment_status_replicas', { deployment }, '3x40'),
      at('kube_deployment_status_replicas_updated', { deployment }, '2x40'),
      at('kube_replicaset_created', { replicaset }, '600x40'),
      at('kube_replicaset_owner', { replicaset, owner_kind: 'Deployment', owner_name: deployment }),
      at('container_cpu_usage_seconds_total', container, '0+6x40'),
      at('container_cpu_cfs_periods_total', container, '0+60x40'),
      at('container_cpu_cfs_throttled_periods_total', container, '0+6x40'),
      at('container_memory_working_set_bytes', container, '1000x40'),
      at('kube_pod_container_resource_requests', { ...container, resource: 'cpu' }, '0.2x40'),
      at('kube_pod_container_resource_limits', { ...container, resource: 'memory' }, '2000x40'),
      at('kube_pod_container_status_restarts_total', container, '0+1x40'),
      at('kube_pod_status_ready', { pod, condition: 'false' }, '0x40'),
      ...['orders', 'keda-hpa-mailer'].flatMap((horizontalpodautoscaler) => [
        at('kube_horizontalpodautoscaler_status_current_replicas', { horizontalpodautoscaler }),
        at('kube_horizontalpodautoscaler_spec_max_replicas', { horizontalpodautoscaler }),
      ]),
    ];
  });
  const http = { job: 'orders', http_response_status_code: '200' };
  const duration = 'http_server_request_duration_seconds';
  const job = { job_name: 'report-29000000' };
  const run = { pod: 'report-29000000-bcdfg', container: 'report' };
  return [
    one('golden_path:namespace:info', { application, environment, namespace }),
    ...deployed.filter(
      ({ series }, index) => deployed.findIndex((each) => each.series === series) === index,
    ),
    at(`${duration}_count`, http, rising),
    ...['0.1', '0.25', '+Inf'].map((le) => at(`${duration}_bucket`, { ...http, le }, rising)),
    at('rabbitmq_detailed_queue_messages', { queue: 'mails' }, '600x40'),
    at('rabbitmq_detailed_queue_messages_acked_total', { queue: 'mails' }, rising),
    at('kube_cronjob_created', { cronjob: 'report' }, '0x40'),
    at('kube_cronjob_status_last_successful_time', { cronjob: 'report' }, '600x40'),
    at('kube_cronjob_next_schedule_time', { cronjob: 'report' }, '7200x40'),
    at('kube_cronjob_status_active', { cronjob: 'report' }, '0x40'),
    at('kube_cronjob_spec_suspend', { cronjob: 'report' }, '0x40'),
    at('kube_job_status_start_time', job, '300x40'),
    at('kube_job_status_completion_time', job, '600x40'),
    at('container_cpu_usage_seconds_total', run, '0+6x40'),
    at('container_cpu_cfs_periods_total', run, '0+60x40'),
    at('container_cpu_cfs_throttled_periods_total', run, '0+6x40'),
    at('container_memory_working_set_bytes', run, '1000x40'),
    at('kube_pod_container_resource_requests', { ...run, resource: 'cpu' }, '0.2x40'),
    at('kube_pod_container_resource_limits', { ...run, resource: 'memory' }, '2000x40'),
  ];
}

/** What the rules record of one environment. */
function recordings(application: string, environment: string): readonly Series[] {
  const slos = [
    ['orders', 'availability', '0.999'],
    ['orders', 'latency', '0.99'],
    ['stock', 'availability', '0.99'],
    ['web', 'availability', '0.99'],
    ['mailer', 'freshness', '0.99'],
    ['report', 'freshness', '0.99'],
  ] as const;
  return [
    ...slos.flatMap(([service, slo, objective]) => {
      const labels = { application, environment, service, slo };
      const alert = { ...labels, alertname: 'SLOErrorBudgetBurnPage', alertstate: 'firing' };
      return [
        one('slo:objective:ratio', labels, `${objective}x40`),
        one('slo:period_error_budget_remaining:ratio', labels, '0.5x40'),
        one('slo:current_burn_rate:ratio', labels, '2.51x40'),
        one('ALERTS', { ...alert, severity: 'page' }),
      ];
    }),
  ];
}

/** An edge of the graph. */
const edge = (
  [application, service]: readonly [string, string],
  [depends_on_application, depends_on]: readonly [string, string],
  kind: string,
  hops = '1',
  strength = 'hard',
): Series =>
  one('golden_path:depends_on:info', {
    ...{ application, service, depends_on_application, depends_on },
    ...{ kind, edge: strength, hops },
  });

const graphOf = (application: string): readonly Series[] => {
  const to = (service: string) => [application, service] as const;
  return [
    edge(to('web'), to('orders'), 'workload'),
    edge(to('web'), to('stock'), 'workload', '2'),
    edge(to('orders'), to('stock'), 'workload'),
    edge(to('orders'), to('broker'), 'backing-service'),
    edge(to('orders'), to('pay.example.com'), 'external'),
    edge(to('orders'), to('hints'), 'workload', '1', 'soft'),
    edge(to('mailer'), to('broker'), 'backing-service'),
  ];
};

const state = (
  metric: string,
  application: string,
  service: string,
  environment = 'prod',
): Series => one(`golden_path:service:${metric}`, { application, service, environment });

/** The shop in two environments and another application, all watched by one Prometheus. In production its stock is what is wrong. */
export const seriesOfShop: readonly Series[] = [
  ...namespaceOf('shop', 'prod', 1),
  ...namespaceOf('shop', 'dev', 100),
  ...namespaceOf('attic', 'prod', 1000),
  ...recordings('shop', 'prod'),
  ...recordings('shop', 'dev'),
  ...recordings('attic', 'prod'),
  ...graphOf('shop'),
  ...graphOf('attic'),
  edge(['portal', 'start'], ['shop', 'orders'], 'published'),
  state('failing', 'shop', 'stock'),
  state('suspect', 'shop', 'stock'),
  state('failing', 'shop', 'orders'),
  state('burning', 'shop', 'orders'),
  state('failing', 'attic', 'orders'),
  state('suspect', 'attic', 'hints'),
  state('burning', 'shop', 'hints', 'dev'),
];
