import { describe, expect, it } from '@jest/globals';
import {
  Application,
  Environment,
  grpc,
  Platform,
  WebService,
  type Exposure,
  type Gateway,
  type HttpExposure,
} from '../../lib';
import { synthesize } from '../../lib/testing';
import { facts, good, listenerSets, said, sharedGateway } from '../binding/exposing';

const platform = (gateway: Gateway) => (): Platform =>
  new Platform({ environments: [new Environment('dev', facts({ gateway }))] });
const two = (
  first: HttpExposure,
  second: Exposure,
  { port, gateway, isApart }: { port?: object; gateway?: Gateway; isApart?: true } = {},
): readonly string[] =>
  said(
    synthesize(
      (app) => {
        const shop = new Application(app, 'shop', { owner: 'a' });
        const other = isApart ? new Application(app, 'admin', { owner: 'b' }) : shop;
        new WebService(shop, 'a', { ...good, expose: first });
        const props = { ...good, ...port, expose: second };
        new WebService(other, 'b', props as never);
      },
      platform(gateway ?? sharedGateway),
    ).problems,
  );
const host = 'shop';
const fix = 'Give expose another host or paths, or the environment another domain.';

describe('two workloads on one hostname', () => {
  it('may take different paths, methods or headers', () => {
    const get = { paths: ['/a'], methods: ['GET'] } as const;
    const post = { paths: ['/a'], methods: ['POST'] } as const;
    const beta = { ...get, headers: { 'x-beta': '1' } };
    expect(two({ host, paths: ['/a'] }, { host, paths: [{ exact: '/a' }, '/b'] })).toEqual([]);
    expect(two({ host, routes: [get] }, { host, routes: [post, beta] })).toEqual([]);
  });

  it.each<[string, HttpExposure, HttpExposure]>([
    ['shop.test.example/a', { host, paths: ['/a'] }, { host, routes: [{ paths: ['/a/'] }] }],
    [
      'GET shop.test.example/a with x-beta: 1',
      { host, routes: [{ paths: ['/a'], methods: ['GET'], headers: { 'X-Beta': '1' } }] },
      { host, routes: [{ paths: ['/a'], methods: ['PUT', 'GET'], headers: { 'x-beta': '1' } }] },
    ],
    [
      'exactly shop.test.example/a',
      { host, paths: [{ exact: '/a' }] },
      { host, paths: ['/a', { exact: '/a' }] },
    ],
  ])('are reported when both take %s', (request, first, second) => {
    expect(two(first, second)).toEqual([
      `HostnameTaken: ${request} is also claimed by shop/a in dev. ${fix}`,
    ]);
  });

  it('are reported when one speaks HTTP and the other gRPC', () => {
    const port = { port: grpc(9000), health: undefined };
    expect(two({ host, paths: ['/a'] }, { host }, { port })).toEqual([
      'HostnameTaken: shop.test.example carries HTTP for shop/a in dev, and one hostname cannot carry gRPC and HTTP. Give expose another host.',
    ]);
    expect(two({ host, paths: ['/a'] }, { host: 'prices' }, { port })).toEqual([]);
  });

  it('are reported when two applications bring a listener for it', () => {
    const [first, second] = [
      { host, paths: ['/a'] },
      { host, paths: ['/b'] },
    ];
    expect(two(first, second, { isApart: true })).toEqual([]);
    expect(two(first, second, { gateway: listenerSets })).toEqual([]);
    expect(two(first, second, { gateway: listenerSets, isApart: true })).toEqual([
      'HostnameTaken: shop.test.example has a listener in the ListenerSet of shop, and a gateway takes one. Give expose another host, or make one application of the two.',
    ]);
  });

  it('are reported when both take the same gRPC calls', () => {
    const prices = { image: 'a:1', port: grpc(9000) };
    const { problems } = synthesize((app) => {
      const shop = new Application(app, 'shop', { owner: 'a' });
      const routes = [{ service: 'a.B', method: 'C' }, {}];
      new WebService(shop, 'a', { ...prices, expose: { host, routes } });
      new WebService(shop, 'b', { ...prices, expose: { host, routes } });
    }, platform(sharedGateway));
    expect(said(problems)).toEqual([
      `HostnameTaken: a.B/C of shop.test.example is also claimed by shop/a in dev. ${fix}`,
      `HostnameTaken: every call of shop.test.example is also claimed by shop/a in dev. ${fix}`,
    ]);
  });
});

describe('an environment with a bad way in', () => {
  const problemsOf = (way: object): readonly string[] => {
    const environment = new Environment('dev', facts(way));
    return said(
      synthesize(
        (app) => new WebService(new Application(app, 'a', { owner: 'a' }), 'a', good),
        () => new Platform({ environments: [environment] }),
      ).problems,
    );
  };
  const ingress = { className: 'nginx', peers: [] };

  it.each([
    [
      'two of them',
      { gateway: sharedGateway, ingress },
      'EnvironmentInvalid: it has both gateway and ingress. Remove one.',
    ],
    [
      'a listener beside a ListenerSet',
      { gateway: { ...listenerSets, sectionName: 'https' } },
      'PropInvalid: gateway has sectionName beside listenerSet, whose listeners the routes attach to. Remove one.',
    ],
    [
      'a kind of issuer that there is not',
      { ingress: { ...ingress, issuer: { kind: 'Vault', name: 'a' } } },
      "PropInvalid: ingress.issuer.kind is 'Vault'. Give 'ClusterIssuer' or 'Issuer'.",
    ],
    [
      'no issuer',
      { gateway: { ...sharedGateway, listenerSet: {} } },
      "PropMissing: gateway.listenerSet.issuer is missing. Give { kind: 'ClusterIssuer', name: 'letsencrypt' }.",
    ],
    [
      'no port',
      { gateway: { ...sharedGateway, listenerSet: { ...listenerSets.listenerSet, port: 0 } } },
      'PortInvalid: gateway.listenerSet.port is 0. Give a port from 1 to 65535.',
    ],
    [
      'annotations that are none',
      { ingress: { ...ingress, annotations: { 'a b': 'c' } } },
      "LabelInvalid: ingress.annotations is { 'a b': 'c' }. Give annotations such as { 'example.com/key': 'value' }.",
    ],
    [
      'no class',
      { ingress: { peers: [] } },
      'PropMissing: ingress.className is missing. Give the name of an IngressClass.',
    ],
  ])('is reported: %s', (_, way, message) => {
    expect(problemsOf(way)).toEqual([message]);
  });
});
