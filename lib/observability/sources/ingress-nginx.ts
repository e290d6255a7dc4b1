import type { Labels, Selector } from '../promql';
import { noRequests, type RequestSignal, type SignalSource } from '../objective/signal';
import { unexposed } from './envoy-gateway';
import { facts, type SignalOptions } from './options';

/** How ingress-nginx is scraped. */
export interface IngressNginxOptions extends SignalOptions {
  /** The label with the namespace of the Ingress. @default 'exported_namespace' - what becomes of it without `honorLabels` */
  readonly namespaceLabel?: 'exported_namespace' | 'namespace';
}

/** In seconds: the controller's `--time-buckets`. */
const BOUNDARIES = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/**
 * What ingress-nginx counts of the Ingress of a workload. It counts HTTP codes alone, so it is blind to failures of gRPC.
 * @see https://kubernetes.github.io/ingress-nginx/user-guide/monitoring/
 */
export function ingressNginx(options: IngressNginxOptions = {}): SignalSource {
  return Object.freeze({
    kind: 'ingress-nginx',
    ...facts(options),
    requests: (subject) => {
      if (subject.protocol === 'tcp') return noRequests(subject, 'ingress-nginx');
      if (!subject.isExposed) return unexposed(subject, 'ingress-nginx');
      if (subject.protocol === 'grpc') {
        const fix =
          "Say slo: { none: '…' } with the reason, or let the platform choose another source";
        return { blind: 'ingress-nginx counts no status of gRPC', fix };
      }
      const is: Labels = { ingress: subject.name };
      const total: Selector = { metric: 'nginx_ingress_controller_requests', is };
      const duration = 'nginx_ingress_controller_request_duration_seconds';
      return {
        namespace: { label: options.namespaceLabel ?? 'exported_namespace' },
        total,
        errors: [{ ...total, like: { status: '5..' } }],
        latency: {
          count: { metric: `${duration}_count`, is },
          buckets: { metric: `${duration}_bucket`, is },
          unit: 's',
          boundaries: BOUNDARIES,
        },
        samples: { good: { status: '200' }, bad: { status: '503' } },
      } satisfies RequestSignal;
    },
  } satisfies SignalSource);
}
