import type { Labels, Selector } from '../promql';
import { noRequests, type RequestSignal, type SignalSource } from '../objective/signal';
import { facts, type SignalOptions } from './options';

/** In milliseconds, as the proxy has them. */
const DIGITS = [1, 2, 3, 4, 5];
const BOUNDARIES = [1, 10, 100, 1000, 10_000].flatMap((power) =>
  DIGITS.map((digit) => digit * power),
);

/**
 * What Linkerd's proxies count beside the workload. It classifies gRPC by its status, and HTTP by its code.
 * @see https://linkerd.io/2/reference/proxy-metrics/
 */
export function linkerd(options: SignalOptions = {}): SignalSource {
  return Object.freeze({
    kind: 'linkerd',
    ...facts(options),
    requests: (subject) => {
      if (subject.protocol === 'tcp') return noRequests(subject, 'Linkerd');
      const is: Labels = { deployment: subject.name, direction: 'inbound' };
      const total: Selector = { metric: 'response_total', is };
      return {
        namespace: { label: 'namespace' },
        total,
        errors: [{ ...total, is: { ...is, classification: 'failure' } }],
        latency: {
          count: { metric: 'response_latency_ms_count', is },
          buckets: { metric: 'response_latency_ms_bucket', is },
          unit: 'ms',
          boundaries: BOUNDARIES,
        },
        samples: { good: { classification: 'success' }, bad: { classification: 'failure' } },
      } satisfies RequestSignal;
    },
  } satisfies SignalSource);
}
