import { describe, expect, it } from '@jest/globals';
import { external, grpc, http, later, WebService, type Application } from '../../lib';
import { synthesize, synthesizeIn } from '../../lib/testing';
import { Application as App } from '../../lib';
import { said } from '../binding/exposing';
import { good, untyped } from '../platform/problems/making';

const problemsOf = (make: (app: Application) => unknown): readonly string[] =>
  said(synthesizeIn(make).problems);
const exposing = (expose: object, props: object = {}): readonly string[] =>
  problemsOf(
    (app) =>
      new WebService(
        app,
        'shop',
        untyped({ ...good, ...props, expose: { host: 'shop', ...expose } }),
      ),
  );
const routing = (...routes: readonly object[]): readonly string[] => exposing({ routes });

describe('a rule with a bad value', () => {
  it.each([
    [
      'method',
      { methods: ['get'] },
      "PropInvalid: expose.routes[0].methods[0] is 'get'. Give one of GET, HEAD, POST, PUT, DELETE, CONNECT, OPTIONS, TRACE, PATCH.",
    ],
    [
      'method given twice',
      { methods: ['GET', 'GET'] },
      "PropInvalid: expose.routes[0].methods has 'GET' twice. Remove one.",
    ],
    [
      'header name',
      { headers: { 'x y': '1' } },
      "PropInvalid: expose.routes[0].headers has a header named 'x y'. Use letters, digits and -.",
    ],
    [
      'header name in two cases',
      { headers: { 'x-a': '1', 'X-A': '2' } },
      'PropInvalid: expose.routes[0].headers has the header X-A twice. Remove one; case is nothing.',
    ],
    [
      'header value',
      { requestHeaders: { set: { 'x-a': 'a\nb' } } },
      "PropInvalid: expose.routes[0].requestHeaders.set.x-a is 'a\\nb'. Give a header value.",
    ],
    [
      'path',
      { paths: ['api'] },
      "PathInvalid: expose.routes[0].paths[0] is 'api'. Give a path prefix such as '/api'.",
    ],
    [
      'exact path',
      { paths: [{ exact: '/a//b' }] },
      "PathInvalid: expose.routes[0].paths[0].exact is '/a//b'. Give a path such as '/login'.",
    ],
    [
      'duration',
      { timeouts: { request: '1.5s' } },
      "DurationInvalid: expose.routes[0].timeouts.request is '1.5s'. Give a duration such as '10s' or '1m30s'.",
    ],
    [
      'weight',
      { to: [{ weight: 1_000_001 }] },
      'PropInvalid: expose.routes[0].to[0].weight is 1000001. Give a whole number from 0 to 1000000.',
    ],
    [
      'sum of weights',
      { to: [{ weight: 0 }] },
      'PropInvalid: expose.routes[0].to has weights of 0 alone. Give one a weight above 0.',
    ],
    [
      'backend',
      { to: [{ service: 'orders' }] },
      "PropInvalid: expose.routes[0].to[0].service is 'orders'. Give a web service or its address.",
    ],
    [
      'redirect status',
      { redirect: { path: '/new', statusCode: 200 } },
      'PropInvalid: expose.routes[0].redirect.statusCode is 200. Give 301, 302, 303, 307, 308.',
    ],
    [
      'redirect host',
      { redirect: { host: 'Shop', statusCode: 301 } },
      "HostnameInvalid: expose.routes[0].redirect.host is 'Shop'. Give a name below the domain, such as 'orders', or '@'.",
    ],
    [
      'redirect to itself',
      { redirect: { scheme: 'https', statusCode: 301 } },
      'PropInvalid: expose.routes[0].redirect changes neither host nor path, so it leads back to itself. Give host or path; the gateway itself turns HTTP into HTTPS.',
    ],
    [
      'prop of a misspelled name',
      { paths: ['/a'], method: ['GET'] },
      'PropUnknown: there is no prop expose.routes[0].method. Write methods.',
    ],
    [
      'redirect beside backends',
      { redirect: { path: '/new', statusCode: 301 }, paths: ['/old'], to: [{}], rewrite: '/' },
      'PropInvalid: expose.routes[0] has redirect beside to, rewrite. Make two rules of it, or remove one.',
    ],
  ])('is reported: %s', (_, rule, message) => {
    expect(routing(rule)).toEqual([message]);
  });

  it.each([
    [
      'service',
      { service: 'shop/Prices' },
      "PropInvalid: expose.routes[0].service is 'shop/Prices'. Give a service such as 'shop.v1.Orders'.",
    ],
    [
      'method',
      { method: 'Quote()' },
      "PropInvalid: expose.routes[0].method is 'Quote()'. Give a method such as 'Place'.",
    ],
  ])('is reported for gRPC: %s', (_, rule, message) => {
    expect(exposing({ routes: [rule] }, { port: grpc(9000), health: undefined })).toEqual([
      message,
    ]);
  });

  it('does not compile with redirect and backends, nor with HTTP words on a gRPC port', () => {
    const redirect = { path: '/new', statusCode: 301 } as const;
    const make = (app: Application): void => {
      new WebService(app, 'a', {
        ...good,
        // @ts-expect-error: one or the other
        expose: { host: 'a', routes: [{ paths: ['/old'], to: [{}], redirect }] },
      });
      // @ts-expect-error: paths are for HTTP
      new WebService(app, 'b', {
        image: 'a:1',
        port: grpc(9000),
        expose: { host: 'b', paths: ['/'] },
      });
      // @ts-expect-error: methods are for HTTP
      new WebService(app, 'd', {
        image: 'a:1',
        port: grpc(9000),
        expose: { host: 'd', routes: [{ methods: ['GET'] }] },
      });
      new WebService(app, 'c', {
        ...good,
        // @ts-expect-error: each rule has its paths
        expose: { host: 'c', paths: ['/'], routes: [{}] },
      });
    };
    expect(problemsOf(make)).toHaveLength(4);
  });
});

describe('CORS with a bad value', () => {
  it.each([
    [
      'origin',
      { origins: ['https://app.example.com/'] },
      "PropInvalid: expose.cors.origins[0] is 'https://app.example.com/'. Give an origin such as 'https://app.example.com'.",
    ],
    [
      'every origin beside one',
      { origins: ['*', 'https://app.example.com'] },
      "PropInvalid: expose.cors.origins has '*' beside others. Give ['*'], or name each.",
    ],
    [
      'cookies for every site',
      { origins: ['https://*'], credentials: true },
      "PropInvalid: expose.cors lets every site call with the user's cookies. Name the origins, or leave out credentials.",
    ],
    [
      'header',
      { origins: ['*'], exposeHeaders: ['x y'] },
      "PropInvalid: expose.cors.exposeHeaders[0] is 'x y'. Give the name of a header.",
    ],
    [
      'age',
      { origins: ['*'], maxAgeSeconds: 0 },
      'PropInvalid: expose.cors.maxAgeSeconds is 0. Give whole seconds from 1, at most a day.',
    ],
  ])('is reported: %s', (_, cors, message) => {
    expect(exposing({ cors })).toEqual([message]);
  });
});

describe('an exposure', () => {
  it.each([
    [
      'paths beside routes',
      { paths: ['/'], routes: [{}] },
      'PropInvalid: expose has paths beside routes. Give each rule its paths.',
    ],
    [
      'two rules for the same requests',
      {
        routes: [
          { paths: ['/a'], methods: ['GET'], headers: { 'X-A': '1' } },
          { paths: ['/b', '/a/'], methods: ['POST', 'GET'], headers: { 'x-a': '1' } },
        ],
      },
      'ExposureInvalid: expose matches GET /a with x-a: 1 twice, in routes[0] and routes[1]. Remove one, or make one more specific.',
    ],
    [
      'a rewrite of an exact path',
      { routes: [{ paths: [{ exact: '/a' }], rewrite: '/' }] },
      'ExposureInvalid: expose.routes[0] has rewrite beside an exact path, and what it replaces is the prefix. Give path prefixes, or leave out rewrite.',
    ],
    [
      'a redirect in a circle',
      { routes: [{ paths: ['/'], redirect: { path: '/new', statusCode: 301 } }] },
      'ExposureInvalid: expose.routes[0] redirects to /new, which it takes itself. Give a path that another rule takes.',
    ],
    [
      'gRPC words on an HTTP port',
      { routes: [{ service: 'a.B' }] },
      'ExposureInvalid: expose.routes[0].service is given, and port 8080 speaks HTTP. Give routes such as { paths, methods }.',
    ],
  ])('is reported with %s', (_, expose, message) => {
    expect(exposing(expose)).toEqual([message]);
  });

  it('is reported with HTTP words on a gRPC port', () => {
    const port = { port: grpc(9000), health: undefined };
    expect(exposing({ paths: ['/'], cors: { origins: ['*'] } }, port)).toEqual([
      'ExposureInvalid: expose.paths, expose.cors are given, and port 9000 speaks gRPC. Give routes such as { service, method }.',
    ]);
  });

  it('may redirect to what another rule takes', () => {
    const redirect = { path: '/new/page', statusCode: 301 };
    expect(routing({ redirect }, { paths: ['/new'] })).toEqual([]);
    expect(routing({ paths: ['/old'], redirect })).toEqual([]);
    expect(routing({ redirect: { ...redirect, host: 'other' } })).toEqual([]);
  });
});

describe('a backend', () => {
  const to = (service: unknown) => untyped({ host: 'shop', routes: [{ to: [{ service }] }] });
  const withBackend = (make: (app: Application) => unknown, presence?: object) =>
    problemsOf((app) => {
      const service = make(app);
      new WebService(app, 'shop', { ...good, ...presence, expose: to(service) });
    });

  it('is reported when it speaks something else', () => {
    const port = grpc(9000);
    expect(withBackend((app) => new WebService(app, 'ads', { image: 'a:1', port }))).toEqual([
      'ExposureInvalid: expose.routes[0].to[0].service is ads, which speaks grpc, and the route carries http. Route to web services that speak the same.',
    ]);
    const tls = http(8443, { tls: true });
    const health = { readiness: { tcp: 8443 } };
    expect(
      withBackend((app) => new WebService(app, 'ads', { image: 'a:1', port: tls, health })),
    ).toEqual([
      'ExposureInvalid: expose.routes[0].to[0].service is ads, which speaks TLS, and the route carries http. Route to web services that speak the same.',
    ]);
  });

  it('is reported when it is not wherever the route is', () => {
    const presence = { stages: ['dev'], reason: 'a try' } as const;
    const canary = (app: Application): unknown =>
      new WebService(app, 'canary', { ...good, presence });
    expect(withBackend(canary)).toEqual([
      'DependencyAbsent: expose.routes[0].to[0].service is canary, which exists in dev only. Give both the same presence.',
    ]);
    expect(withBackend(canary, { presence })).toEqual([]);
  });

  it('is reported when it is outside, or in another application', () => {
    expect(withBackend(() => external('example.com'))).toEqual([
      'ForeignReference: expose.routes[0].to[0].service is example.com, which is outside. Route to web services of this application.',
    ]);
    const { problems } = synthesize((platform) => {
      const theirs = new WebService(new App(platform, 'a', { owner: 'a' }), 'ads', good);
      const ours = new App(platform, 'b', { owner: 'b' });
      new WebService(ours, 'shop', { ...good, expose: to(theirs) });
    });
    expect(said(problems)).toEqual([
      'ForeignReference: expose.routes[0].to[0].service is ads, which is in a. Route to web services of this application.',
    ]);
  });

  it('is reported when there is none of the name', () => {
    const gone = (app: Application): unknown => {
      const service = new WebService(app, 'gone', good);
      app.node.tryRemoveChild('gone');
      const target = { ...service.address.target, name: 'never' };
      return { ...service.address, target };
    };
    expect(withBackend(gone)).toEqual([
      "DependencyUnknown: expose.routes[0].to[0].service is 'never', which the application does not have. Route to a web service of this application.",
    ]);
  });

  it('is reported when later(…) throws', () => {
    const fail = later(() => {
      throw new TypeError('no');
    });
    expect(withBackend(() => fail)).toEqual([
      "LaterFailed: expose.routes[0].to[0].service threw 'TypeError: no'. Return a reference, as in later(() => orders.address).",
    ]);
  });
});
