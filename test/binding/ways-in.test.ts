import { describe, expect, it } from '@jest/globals';
import { Environment, grpc, WebService, type Application } from '../../lib';
import { exposeIn, facts, good, listenerSets, nginx, said, sharedGateway } from './exposing';

const place = (kind: string, name: string) => ({ kind, name, environment: 'dev' });
const exposed =
  (...hosts: readonly string[]) =>
  (app: Application): void => {
    for (const host of hosts)
      new WebService(app, host === '@' ? 'home' : host, { ...good, expose: { host } });
  };

describe('a ListenerSet', () => {
  const synthesis = exposeIn({ gateway: listenerSets }, (app) => {
    exposed('orders', '@')(app);
    new WebService(app, 'old', { ...good, expose: { host: 'orders', paths: ['/v1'] } });
  });

  it('has one HTTPS listener for each hostname, whose certificate cert-manager keeps', () => {
    expect(synthesis.problems).toEqual([]);
    const listener = (hostname: string): object => ({
      name: hostname,
      hostname,
      port: 443,
      protocol: 'HTTPS',
      allowedRoutes: { namespaces: { from: 'Same' } },
      tls: {
        mode: 'Terminate',
        certificateRefs: [{ group: '', kind: 'Secret', name: `${hostname}-tls` }],
      },
    });
    expect(synthesis.find(place('ListenerSet', 'shop'))).toMatchObject({
      metadata: { annotations: { 'cert-manager.io/cluster-issuer': 'letsencrypt' } },
      spec: {
        parentRef: {
          group: 'gateway.networking.k8s.io',
          kind: 'Gateway',
          name: 'public',
          namespace: 'gateways',
        },
        listeners: [listener('orders.test.example'), listener('test.example')],
      },
    });
  });

  it('is where routes attach, each at the listener of its hostname', () => {
    const parent = (name: string): unknown => synthesis.find(place('HTTPRoute', name)).spec;
    const parentRefs = [
      {
        group: 'gateway.networking.k8s.io',
        kind: 'ListenerSet',
        name: 'shop',
        sectionName: 'orders.test.example',
      },
    ];
    expect(parent('orders')).toMatchObject({ parentRefs });
    expect(parent('old')).toMatchObject({ parentRefs });
  });

  it('is not there where nothing is exposed', () => {
    const none = exposeIn({ gateway: listenerSets }, (app) => new WebService(app, 'web', good));
    expect(none.tryFind(place('ListenerSet', 'shop'))).toBeUndefined();
  });

  it('takes 64 hostnames', () => {
    const hosts = Array.from({ length: 65 }, (_, index) => `h${index}`);
    const { problems } = exposeIn({ gateway: listenerSets }, exposed(...hosts));
    expect(said(problems)).toEqual([
      'ExposureInvalid: it has 65 hostnames, and a ListenerSet takes 64. Expose less, or make two applications of it.',
    ]);
  });

  it('holds hostnames as long as the name of a Secret can be', () => {
    const host = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(59)).join('.');
    const make = (app: Application): unknown =>
      new WebService(app, 'web', { ...good, expose: { host } });
    expect(exposeIn({ gateway: sharedGateway }, make).problems).toEqual([]);
    expect(said(exposeIn({ gateway: listenerSets }, make).problems)).toEqual([
      `HostnameInvalid: the hostname would be '${host}.test.example'. Shorten expose.host.`,
    ]);
  });
});

describe('an Ingress', () => {
  it('stands in for the gateway, with TLS by cert-manager', () => {
    const synthesis = exposeIn({ ingress: nginx }, (app) => {
      new WebService(app, 'shop', {
        ...good,
        expose: { host: 'shop', paths: ['/', { exact: '/status' }] },
      });
      new WebService(app, 'old', { ...good, expose: { host: 'shop', paths: ['/v1'] } });
    });
    expect(synthesis.problems).toEqual([]);
    const backend = { service: { name: 'shop', port: { number: 8080 } } };
    const { metadata, spec } = synthesis.find(place('Ingress', 'shop'));
    expect(metadata.annotations).toEqual({ 'cert-manager.io/issuer': 'own' });
    expect(spec).toEqual({
      ingressClassName: 'nginx',
      tls: [{ hosts: ['shop.test.example'], secretName: 'shop.test.example-tls' }],
      rules: [
        {
          host: 'shop.test.example',
          http: {
            paths: [
              { path: '/', pathType: 'Prefix', backend },
              { path: '/status', pathType: 'Exact', backend },
            ],
          },
        },
      ],
    });
    // cert-manager takes one Ingress for the owner of a certificate.
    expect(synthesis.find(place('Ingress', 'old')).metadata).not.toHaveProperty('annotations');
    expect(synthesis.find(place('NetworkPolicy', 'shop-allow-gateway')).spec).toMatchObject({
      ingress: [
        {
          from: [
            {
              namespaceSelector: {
                matchLabels: { 'kubernetes.io/metadata.name': 'ingress-nginx' },
              },
            },
          ],
        },
      ],
    });
  });

  it("has the controller's own certificate without an issuer", () => {
    const { className, peers } = nginx;
    const synthesis = exposeIn({ ingress: { className, peers } }, exposed('shop'));
    expect(synthesis.problems).toEqual([]);
    expect(synthesis.find(place('Ingress', 'shop')).spec).toMatchObject({
      tls: [{ hosts: ['shop.test.example'] }],
    });
  });

  const prices = (app: Application): unknown =>
    new WebService(app, 'prices', { image: 'a:1', port: grpc(9000), expose: { host: 'prices' } });

  it('carries gRPC where the controller is told so', () => {
    const told = { 'nginx.ingress.kubernetes.io/backend-protocol': 'GRPC' };
    const synthesis = exposeIn({ ingress: { ...nginx, grpcAnnotations: told } }, (app) => {
      prices(app);
      exposed('shop')(app);
    });
    expect(synthesis.problems).toEqual([]);
    const notes = (name: string): unknown =>
      synthesis.find(place('Ingress', name)).metadata.annotations;
    expect(notes('prices')).toEqual({ 'cert-manager.io/issuer': 'own', ...told });
    expect(notes('shop')).toEqual({ 'cert-manager.io/issuer': 'own' });
    expect(said(exposeIn({ ingress: nginx }, prices).problems)).toEqual([
      'GatewayMissing: it speaks gRPC, and dev has an ingress without grpcAnnotations. Give ingress its grpcAnnotations, or dev a gateway.',
    ]);
  });

  it('reports what it cannot say, by route and environment', () => {
    const { problems } = exposeIn({ ingress: nginx }, (app) => {
      const next = new WebService(app, 'next', good);
      new WebService(app, 'shop', {
        ...good,
        expose: {
          host: 'shop',
          cors: { origins: ['*'] },
          routes: [
            { paths: ['/a'], methods: ['GET'], timeouts: { request: '1s' } },
            { paths: ['/b'], to: [{}, { service: next }] },
            { paths: ['/c'], redirect: { path: '/a', statusCode: 301 } },
            { paths: ['/d'], to: [{ service: next }] },
          ],
        },
      });
      new WebService(app, 'prices', {
        image: 'a:1',
        port: grpc(9000),
        expose: { host: 'prices', routes: [{ service: 'a.B' }] },
      });
    });
    const fix = 'Leave it out, or give dev a gateway.';
    expect(said(problems)).toEqual([
      `GatewayMissing: expose asks for cors, which the Ingress of dev cannot say. ${fix}`,
      `GatewayMissing: expose.routes[0] asks for methods, timeouts, which the Ingress of dev cannot say. ${fix}`,
      `GatewayMissing: expose.routes[1] asks for weights, which the Ingress of dev cannot say. ${fix}`,
      `GatewayMissing: expose.routes[2] asks for redirect, which the Ingress of dev cannot say. ${fix}`,
      `GatewayMissing: expose.routes[0] asks for service, which the Ingress of dev cannot say. ${fix}`,
      'GatewayMissing: it speaks gRPC, and dev has an ingress without grpcAnnotations. Give ingress its grpcAnnotations, or dev a gateway.',
    ]);
  });

  it('takes the place of the gateway in an environment that is made like another', () => {
    const dev = new Environment('dev', facts({ gateway: sharedGateway }));
    const local = dev.like('local', { ingress: nginx });
    expect(local.props.gateway).toBeUndefined();
    expect(local.like('again', { gateway: sharedGateway }).props.ingress).toBeUndefined();
    expect(local.like('same').props.ingress).toBe(nginx);
  });
});

describe('the pods with which cert-manager answers HTTP-01', () => {
  /** What cert-manager gives them, in the namespace of the application. */
  const SOLVER: Readonly<Record<string, string>> = {
    'acme.cert-manager.io/http-domain': '1234567',
    'acme.cert-manager.io/http-token': '1234567',
    'acme.cert-manager.io/http01-solver': 'true',
  };

  it.each([
    ['a ListenerSet', { gateway: listenerSets }],
    ['an Ingress', { ingress: nginx }],
  ])('are selected by no NetworkPolicy beside %s', (_, way) => {
    const synthesis = exposeIn(way, exposed('shop', 'orders'));
    const selectors = synthesis
      .objects('dev')
      .filter(({ kind }) => kind === 'NetworkPolicy')
      .map(({ spec }) => (spec as { readonly podSelector: object }).podSelector);
    expect(selectors.length).toBeGreaterThan(4);
    const selecting = selectors.filter((selector) => {
      const { matchLabels = {} } = selector as { readonly matchLabels?: typeof SOLVER };
      return Object.entries(matchLabels).every(([key, value]) => SOLVER[key] === value);
    });
    expect(selecting).toEqual([]);
  });
});
