import { describe, expect, it } from '@jest/globals';
import { grpc, http, later, WebService, type HttpRule } from '../../lib';
import { exposeIn, good, said, sharedGateway } from './exposing';

const gateway = sharedGateway;
const place = (kind: string, name: string) => ({ kind, name, environment: 'dev' });

describe('an HTTPRoute', () => {
  it('says paths, methods, headers, timeouts, changed headers, rewrites and redirects', () => {
    const routes: readonly HttpRule[] = [
      {
        paths: ['/api', { exact: '/status' }],
        methods: ['GET', 'POST'],
        headers: { 'X-Version': '2' },
        timeouts: { request: '10s', backendRequest: '2s' },
        requestHeaders: { set: { 'X-From': 'outside' }, remove: ['X-Debug'] },
      },
      { paths: ['/v1', '/v2'], rewrite: '/' },
      { paths: [{ exact: '/old' }], redirect: { host: '@', path: '/new', statusCode: 308 } },
    ];
    const synthesis = exposeIn({ gateway }, (app) => {
      new WebService(app, 'shop', { ...good, expose: { host: 'shop', routes } });
    });
    expect(synthesis.problems).toEqual([]);
    const backendRefs = [{ group: '', kind: 'Service', name: 'shop', port: 8080, weight: 1 }];
    const headers = [{ type: 'Exact', name: 'X-Version', value: '2' }];
    const api = { path: { type: 'PathPrefix', value: '/api' }, headers };
    const status = { path: { type: 'Exact', value: '/status' }, headers };
    const rewritten = (value: string): object => ({
      matches: [{ path: { type: 'PathPrefix', value } }],
      filters: [
        {
          type: 'URLRewrite',
          urlRewrite: { path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/' } },
        },
      ],
      backendRefs,
    });
    expect(synthesis.find(place('HTTPRoute', 'shop')).spec).toMatchObject({
      rules: [
        {
          matches: [
            { ...api, method: 'GET' },
            { ...api, method: 'POST' },
            { ...status, method: 'GET' },
            { ...status, method: 'POST' },
          ],
          filters: [
            {
              type: 'RequestHeaderModifier',
              requestHeaderModifier: {
                set: [{ name: 'X-From', value: 'outside' }],
                remove: ['X-Debug'],
              },
            },
          ],
          backendRefs,
          timeouts: { request: '10s', backendRequest: '2s' },
        },
        rewritten('/v1'),
        rewritten('/v2'),
        {
          matches: [{ path: { type: 'Exact', value: '/old' } }],
          filters: [
            {
              type: 'RequestRedirect',
              requestRedirect: {
                hostname: 'test.example',
                path: { type: 'ReplaceFullPath', replaceFullPath: '/new' },
                statusCode: 308,
              },
            },
          ],
        },
      ],
    });
  });

  it('lets browsers ask before a call that only rules with methods or headers take', () => {
    const synthesis = exposeIn({ gateway }, (app) => {
      new WebService(app, 'shop', {
        ...good,
        expose: {
          host: 'shop',
          routes: [
            { paths: ['/orders'], methods: ['POST'] },
            { paths: ['/orders'], methods: ['PUT'] },
            { paths: ['/items'] },
          ],
          cors: { origins: ['https://app.example.com'] },
        },
      });
    });
    expect(synthesis.problems).toEqual([]);
    const cors = {
      type: 'CORS',
      cors: { allowOrigins: ['https://app.example.com'], maxAge: 5 },
    };
    const { rules } = synthesis.find(place('HTTPRoute', 'shop')).spec as {
      readonly rules: readonly { readonly matches: unknown; readonly filters: unknown }[];
    };
    expect(rules.map(({ filters }) => filters)).toEqual([[cors], [cors], [cors], [cors]]);
    expect(rules[3]?.matches).toEqual([
      { path: { type: 'PathPrefix', value: '/orders' }, method: 'OPTIONS' },
    ]);
  });
});

describe('a backend of a route', () => {
  const withCanary = () =>
    exposeIn({ gateway }, (app) => {
      new WebService(app, 'shop', {
        ...good,
        expose: {
          host: 'shop',
          routes: [{ to: [{ weight: 90 }, { service: later(() => canary), weight: 10 }] }],
        },
      });
      const canary: WebService = new WebService(app, 'canary', {
        ...good,
        port: http(9090, { servicePort: 80 }),
      });
    });

  it('gets its part of the requests, and the gateway is let in to it', () => {
    const synthesis = withCanary();
    expect(synthesis.problems).toEqual([]);
    expect(synthesis.find(place('HTTPRoute', 'shop')).spec).toMatchObject({
      rules: [
        {
          backendRefs: [
            { group: '', kind: 'Service', name: 'shop', port: 8080, weight: 90 },
            { group: '', kind: 'Service', name: 'canary', port: 80, weight: 10 },
          ],
        },
      ],
    });
    expect(synthesis.find(place('NetworkPolicy', 'canary-allow-gateway')).spec).toMatchObject({
      podSelector: { matchLabels: { 'app.kubernetes.io/name': 'canary' } },
      ingress: [{ ports: [{ protocol: 'TCP', port: 9090 }] }],
    });
  });

  it('is no dependency of the exposed workload', () => {
    const synthesis = withCanary();
    expect(synthesis.model.edges).toEqual([]);
    const { spec } = synthesis.find({ kind: 'NetworkPolicy', name: 'shop' });
    expect(spec).not.toHaveProperty('egress');
  });

  it('stops as late as an exposed workload: the gateway learns late that a pod leaves', () => {
    const [shop, canary] = ['shop', 'canary'].map((name) => {
      const { spec } = withCanary().find({ kind: 'Deployment', name });
      const { template } = spec as {
        readonly template: {
          readonly spec: {
            readonly terminationGracePeriodSeconds: number;
            readonly containers: readonly { readonly lifecycle: unknown }[];
          };
        };
      };
      const { terminationGracePeriodSeconds, containers } = template.spec;
      return { terminationGracePeriodSeconds, lifecycle: containers[0]?.lifecycle };
    });
    expect(canary).toEqual(shop);
    expect(canary?.terminationGracePeriodSeconds).toBe(45);
  });

  it('leaves an exposed workload closed to which no route leads', () => {
    const synthesis = exposeIn({ gateway }, (app) => {
      const next = new WebService(app, 'next', good);
      const expose = { host: 'shop', routes: [{ to: [{ service: next }] }] };
      new WebService(app, 'shop', { ...good, expose });
    });
    expect(synthesis.problems).toEqual([]);
    expect(synthesis.tryFind(place('NetworkPolicy', 'next-allow-gateway'))).toBeDefined();
    expect(synthesis.tryFind(place('NetworkPolicy', 'shop-allow-gateway'))).toBeUndefined();
  });
});

describe('a GRPCRoute', () => {
  it('carries a gRPC port, by service, method and metadata', () => {
    const synthesis = exposeIn({ gateway }, (app) => {
      new WebService(app, 'plain', {
        image: 'a:1',
        port: grpc(9000),
        expose: { host: 'plain' },
      });
      new WebService(app, 'prices', {
        image: 'a:1',
        port: grpc(9000),
        expose: {
          host: 'prices',
          routes: [
            { service: 'shop.v1.Prices', method: 'Quote', headers: { 'x-version': '2' } },
            { service: 'shop.v1.Prices' },
          ],
        },
      });
    });
    expect(synthesis.problems).toEqual([]);
    const backendRefs = (name: string): object => ({
      backendRefs: [{ group: '', kind: 'Service', name, port: 9000, weight: 1 }],
    });
    const spec = (name: string): unknown => synthesis.find(place('GRPCRoute', name)).spec;
    expect(spec('plain')).toMatchObject({
      hostnames: ['plain.test.example'],
      rules: [backendRefs('plain')],
    });
    expect(spec('prices')).toMatchObject({
      rules: [
        {
          matches: [
            {
              method: { type: 'Exact', service: 'shop.v1.Prices', method: 'Quote' },
              headers: [{ type: 'Exact', name: 'x-version', value: '2' }],
            },
          ],
          ...backendRefs('prices'),
        },
        {
          matches: [{ method: { type: 'Exact', service: 'shop.v1.Prices' } }],
          ...backendRefs('prices'),
        },
      ],
    });
    expect(synthesis.tryFind(place('HTTPRoute', 'plain'))).toBeUndefined();
  });
});

describe('the model', () => {
  it('tells what is exposed, and where', () => {
    const { model } = exposeIn({ gateway }, (app) => {
      const routes = [{ paths: ['/api'], methods: ['GET'] }] as const;
      new WebService(app, 'shop', { ...good, expose: { host: '@', routes } });
    });
    expect(model.workloads[0]?.exposure).toEqual({
      host: '@',
      protocol: 'http',
      rules: [
        {
          paths: [{ type: 'PathPrefix', value: '/api' }],
          methods: ['GET'],
          backends: [{ workload: 'shop', weight: 1 }],
        },
      ],
    });
    expect(model.environments[0]?.hostnames).toEqual({ shop: 'test.example' });
  });
});

describe('the size of a route', () => {
  it.each([
    [
      'rules',
      Array.from({ length: 9 }, (_, index) => ({
        paths: [`/a${index}`, `/b${index}`],
        rewrite: '/',
      })),
      'its HTTPRoute would have 18 rules, and 16 is what it takes',
    ],
    [
      'matches in one rule',
      [{ paths: Array.from({ length: 65 }, (_, index) => `/${index}`) }],
      'its HTTPRoute would have 65 matches in one rule, and 64 is what it takes',
    ],
    [
      'matches',
      [1, 2, 3].map((rule) => ({
        paths: Array.from({ length: 50 }, (_, index) => `/${rule}/${index}`),
      })),
      'its HTTPRoute would have 150 matches, and 128 is what it takes',
    ],
  ])('is limited in %s', (_, routes, found) => {
    const { problems } = exposeIn({ gateway }, (app) => {
      new WebService(app, 'shop', { ...good, expose: { host: 'shop', routes } });
    });
    expect(said(problems)).toEqual([
      `ExposureInvalid: ${found}. Give expose fewer rules, paths or methods.`,
    ]);
  });
});
