import type { Labels, Selector } from '../promql';
import {
  GRPC_ERRORS,
  noRequests,
  type RequestSignal,
  type SignalSource,
} from '../objective/signal';
import { ENVOY_BOUNDARIES } from './envoy';
import { facts, type SignalOptions } from './options';

/** Whose proxies count. */
export interface IstioOptions extends SignalOptions {
  /**
   * `destination`: the sidecar of the workload, which sees every request that arrives, whoever calls. `source`: the sidecars of the callers,
   * which see failed connections too, but no caller outside of the mesh. `waypoint`: of ambient mode.
   * @default 'destination'
   */
  readonly reporter?: 'destination' | 'source' | 'waypoint';
}

/**
 * The standard metrics of Istio. ztunnel alone counts connections and no requests.
 * @see https://istio.io/latest/docs/reference/config/metrics/
 */
export function istio(options: IstioOptions = {}): SignalSource {
  const reporter = options.reporter ?? 'destination';
  const by = reporter === 'destination' ? 'destination_workload' : 'destination_service_name';
  const namespace =
    reporter === 'destination' ? `${by}_namespace` : 'destination_service_namespace';
  return Object.freeze({
    kind: 'istio',
    ...facts(options),
    requests: (subject) => {
      if (subject.protocol === 'tcp') return noRequests(subject, 'Istio');
      const is: Labels = { reporter, [by]: subject.name };
      const total: Selector = { metric: 'istio_requests_total', is };
      const duration = 'istio_request_duration_milliseconds';
      const isGrpc = subject.protocol === 'grpc';
      // 0: the caller went away, or the connection failed, before there was a code.
      const failed = { ...total, like: { response_code: '5..|0' } };
      const codes = Object.values(GRPC_ERRORS).join('|');
      const refused = { ...total, like: { grpc_response_status: codes } };
      const ok = { response_code: '200', ...(isGrpc && { grpc_response_status: '0' }) };
      return {
        namespace: { label: namespace },
        total,
        errors: isGrpc ? [failed, refused] : [failed],
        latency: {
          count: { metric: `${duration}_count`, is },
          buckets: { metric: `${duration}_bucket`, is },
          unit: 'ms',
          boundaries: ENVOY_BOUNDARIES,
        },
        samples: {
          good: ok,
          bad: isGrpc ? { ...ok, grpc_response_status: '14' } : { response_code: '503' },
        },
      } satisfies RequestSignal;
    },
  } satisfies SignalSource);
}
