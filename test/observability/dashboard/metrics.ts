import { parser } from '@prometheus-io/lezer-promql';
import { manifestsIn } from './dashboards';

/** What known exporters offer: kube-state-metrics, cAdvisor, those of brokers, and Prometheus itself. */
export const EXPORTED = [
  /^ALERTS$/,
  /^kube_(cronjob|deployment|horizontalpodautoscaler|job|pod|replicaset)_[a-z_]+$/,
  /^container_(cpu_usage_seconds_total|memory_working_set_bytes)$/,
  /^container_cpu_cfs_(throttled_)?periods_total$/,
  /^(rabbitmq_detailed_queue|kafka_consumergroup)_[a-z_]+$/,
  /^(http_server_request|rpc_server_call)_duration_seconds_(count|bucket)$/,
  /^istio_requests_total$|^istio_request_duration_milliseconds_(count|bucket)$/,
  /^response_total$|^response_latency_ms_(count|bucket)$/,
  /^envoy_cluster_upstream_rq_(xx|time_count|time_bucket)$/,
  /^nginx_ingress_controller_requests$|^nginx_ingress_controller_request_duration_seconds_(count|bucket)$/,
];

/** The names of all metrics in an expression. */
export function metricsIn(expression: string): readonly string[] {
  const names: string[] = [];
  parser.parse(expression).iterate({
    enter: ({ name, node, from, to }) => {
      const isName = name === 'Identifier' && node.parent?.name === 'VectorSelector';
      if (isName) names.push(expression.slice(from, to));
    },
  });
  return names;
}

/** What the rules of a rendering record. */
export const recordedIn = (files: ReadonlyMap<string, string>): ReadonlySet<string> =>
  new Set(
    manifestsIn(files)
      .filter(({ kind }) => kind === 'PrometheusRule')
      .flatMap(({ spec }) => (spec as Spec).groups.flatMap(({ rules }) => rules))
      .flatMap(({ record }) => record ?? []),
  );

interface Spec {
  readonly groups: readonly { readonly rules: readonly { readonly record?: string }[] }[];
}
