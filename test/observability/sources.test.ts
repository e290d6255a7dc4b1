import { describe, expect, it } from '@jest/globals';
import { Signals, type SignalSource, type SignalSubject } from '../../lib';

const subject: SignalSubject = {
  application: 'shop',
  name: 'orders',
  protocol: 'http',
  isScraped: true,
  isExposed: true,
};
const sources: readonly SignalSource[] = [
  Signals.envoyGateway(),
  Signals.ingressNginx(),
  Signals.istio(),
  Signals.linkerd(),
  Signals.openTelemetry(),
];
const blind = (source: SignalSource, of: Partial<SignalSubject>): string | undefined => {
  const signal = source.requests({ ...subject, ...of });
  return 'blind' in signal ? signal.blind : undefined;
};

describe('a source of signals', () => {
  it.each(sources)('$kind counts no connections', (source) => {
    expect(blind(source, { protocol: 'tcp' })).toMatch(/counts requests, and orders speaks TCP$/);
  });

  it.each(sources)('$kind names the workload, no namespace, and buckets in order', (source) => {
    const signal = source.requests(subject);
    if ('blind' in signal) throw new Error(signal.blind);
    const text = JSON.stringify([signal.total, ...signal.errors, signal.latency]);
    expect(text).toContain('orders');
    expect(text).not.toContain('shop');
    const { boundaries } = signal.latency;
    expect([...boundaries].sort((a, b) => a - b)).toEqual(boundaries);
  });

  it('of a gateway sees exposed HTTP alone', () => {
    const see = (source: SignalSource) => [
      blind(source, { isExposed: false }),
      blind(source, { protocol: 'grpc' }),
      blind(source, {}),
    ];
    expect(see(Signals.envoyGateway())).toEqual([
      'Envoy Gateway sees what is exposed, and no route of orders leads to it',
      'Envoy Gateway counts no status of gRPC',
      undefined,
    ]);
    expect(see(Signals.ingressNginx())).toEqual([
      'ingress-nginx sees what is exposed, and no route of orders leads to it',
      'ingress-nginx counts no status of gRPC',
      undefined,
    ]);
  });

  it('that scrapes sees what is scraped, and one behind a collector everything', () => {
    expect(blind(Signals.openTelemetry(), { isScraped: false })).toBe('nothing scrapes orders');
    const collected = Signals.openTelemetry({ from: 'collector' });
    expect(blind(collected, { isScraped: false, isExposed: false })).toBeUndefined();
  });

  it('of Istio counts failures of HTTP and of gRPC, whoever reports', () => {
    const signal = Signals.istio({ reporter: 'source' }).requests({ ...subject, protocol: 'grpc' });
    expect(signal).toMatchObject({
      namespace: { label: 'destination_service_namespace' },
      total: {
        metric: 'istio_requests_total',
        is: { reporter: 'source', destination_service_name: 'orders' },
      },
      errors: [
        { like: { response_code: '5..|0' } },
        { like: { grpc_response_status: '2|4|12|13|14|15' } },
      ],
    });
  });
});
