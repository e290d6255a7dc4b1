import type { Labels, Selector } from '../promql';
import {
  noRequests,
  type Blind,
  type RequestSignal,
  type SignalSource,
  type SignalSubject,
} from '../objective/signal';
import { ENVOY_BOUNDARIES } from './envoy';
import { facts, type SignalOptions } from './options';

/** What sees exposed workloads alone does not see this one. */
export const unexposed = ({ name }: SignalSubject, source: string): Blind => ({
  blind: `${source} sees what is exposed, and no route of ${name} leads to it`,
  fix: "Leave slo out, say { none: '…' } with the reason, or let the platform choose another source",
});

/**
 * What Envoy Gateway counts of the routes that lead to a workload. Its metrics hold HTTP codes alone, so it is blind to failures of gRPC.
 * @see https://gateway.envoyproxy.io/docs/tasks/observability/proxy-metric/
 */
export function envoyGateway(options: SignalOptions = {}): SignalSource {
  return Object.freeze({
    kind: 'envoy-gateway',
    ...facts(options),
    requests: (subject) => {
      if (subject.protocol === 'tcp') return noRequests(subject, 'Envoy Gateway');
      if (!subject.isExposed) return unexposed(subject, 'Envoy Gateway');
      if (subject.protocol === 'grpc') {
        const fix =
          "Say slo: { none: '…' } with the reason, or let the platform choose another source";
        return { blind: 'Envoy Gateway counts no status of gRPC', fix };
      }
      const label = 'envoy_cluster_name';
      const like: Labels = { [label]: `httproute/[^/]+/${subject.name}/rule/[0-9]+` };
      const total: Selector = { metric: 'envoy_cluster_upstream_rq_xx', like };
      const time = 'envoy_cluster_upstream_rq_time';
      const code = 'envoy_response_code_class';
      return {
        namespace: {
          label,
          pattern: `httproute/([^/]+)/${subject.name}/rule/[0-9]+`,
          sample: `httproute/{namespace}/${subject.name}/rule/0`,
        },
        total,
        errors: [{ ...total, is: { [code]: '5' } }],
        latency: {
          count: { metric: `${time}_count`, like },
          buckets: { metric: `${time}_bucket`, like },
          unit: 'ms',
          boundaries: ENVOY_BOUNDARIES,
        },
        samples: { good: { [code]: '2' }, bad: { [code]: '5' } },
      } satisfies RequestSignal;
    },
  } satisfies SignalSource);
}
