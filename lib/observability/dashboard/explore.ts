import type { Link } from './dashboard-json';

/** The names by which a workload sends its telemetry, and by which a collector knows its pods. */
interface Named {
  readonly application: string;
  readonly service: string;
}

/** An address of Grafana's Explore. Variables in the query are Grafana's to fill in. */
function explore(variable: string, query: Readonly<Record<string, unknown>>, type: string): string {
  const uid = `\${${variable}}`;
  const pane = {
    datasource: uid,
    queries: [{ refId: 'A', datasource: { type, uid }, ...query }],
    range: { from: '${__from}', to: '${__to}' },
  };
  const panes = encodeURIComponent(JSON.stringify({ a: pane }));
  // Grafana fills in what stands there as it is, and no more what is encoded.
  return `/explore?schemaVersion=1&panes=${panes.replace(/%24%7B(\w+)%7D/g, '${$1}')}`;
}

/**
 * Where its logs and traces are, by the resource attributes `service.namespace`, `service.name` and `k8s.namespace.name`.
 * @see https://opentelemetry.io/docs/specs/semconv/resource/
 */
export function exploreLinks({ application, service }: Named): readonly Link[] {
  const logs = `{service_namespace="${application}",service_name="${service}"} | k8s_namespace_name="\${namespace}"`;
  const spans = [
    `resource.service.namespace="${application}"`,
    `resource.service.name="${service}"`,
    'resource.k8s.namespace.name="${namespace}"',
  ];
  const traces = (more: readonly string[]): string =>
    explore(
      'traces',
      { queryType: 'traceql', limit: 20, query: `{${[...spans, ...more].join(' && ')}}` },
      'tempo',
    );
  return [
    { title: 'Logs', url: explore('logs', { expr: logs }, 'loki') },
    { title: 'Traces', url: traces([]) },
    { title: 'Failed traces', url: traces(['status=error']) },
  ];
}
