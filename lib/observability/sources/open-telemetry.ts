import type { Labels, Selector } from '../promql';
import {
  GRPC_ERRORS,
  noRequests,
  type RequestSignal,
  type SignalSource,
} from '../objective/signal';
import { facts, type SignalOptions } from './options';

/** How metrics of OpenTelemetry's SDKs come to Prometheus. */
export interface OpenTelemetryOptions extends SignalOptions {
  /**
   * `scrape`: Prometheus asks each pod, as `metrics` of a workload says. `collector`: a collector sends them, with the resource attributes
   * `k8s.namespace.name` and `service.name` as labels.
   * @default 'scrape'
   */
  readonly from?: 'scrape' | 'collector';
}

/** In seconds. @see https://opentelemetry.io/docs/specs/semconv/http/http-metrics/ */
const BOUNDARIES = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

const PROTOCOLS = {
  http: {
    metric: 'http_server_request_duration_seconds',
    status: 'http_response_status_code',
    errors: '5..',
    good: '200',
    bad: '503',
  },
  grpc: {
    metric: 'rpc_server_call_duration_seconds',
    status: 'rpc_response_status_code',
    errors: Object.keys(GRPC_ERRORS).join('|'),
    good: 'OK',
    bad: 'UNAVAILABLE',
  },
} as const;

/** What servers count themselves, by the semantic conventions of HTTP and RPC. */
export function openTelemetry(options: OpenTelemetryOptions = {}): SignalSource {
  const isScraping = options.from !== 'collector';
  return Object.freeze({
    kind: 'open-telemetry',
    ...facts(options),
    requests: (subject) => {
      if (subject.protocol === 'tcp') return noRequests(subject, 'OpenTelemetry');
      if (isScraping && !subject.isScraped) {
        const fix = "Give it metrics, such as {}, or slo: { none: '…' } with the reason";
        return { blind: `nothing scrapes ${subject.name}`, fix };
      }
      const { metric, status, errors, good, bad } = PROTOCOLS[subject.protocol];
      // Our PodMonitors name the job by the label app.kubernetes.io/name.
      const is: Labels = isScraping ? { job: subject.name } : { service_name: subject.name };
      const count: Selector = { metric: `${metric}_count`, is };
      return {
        namespace: { label: isScraping ? 'namespace' : 'k8s_namespace_name' },
        total: count,
        errors: [{ ...count, like: { [status]: errors } }],
        latency: {
          count,
          buckets: { metric: `${metric}_bucket`, is },
          unit: 's',
          boundaries: BOUNDARIES,
        },
        samples: { good: { [status]: good }, bad: { [status]: bad } },
      } satisfies RequestSignal;
    },
  } satisfies SignalSource);
}
