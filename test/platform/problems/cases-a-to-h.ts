import { ApiObject, Chart, JsonPatch } from 'cdk8s';
import { Construct } from 'constructs';
import {
  Application,
  Environment,
  grpc,
  later,
  Mesh,
  perEnvironment,
  secret,
  tcp,
  Platform,
  Postgres,
  WebService,
  Worker,
} from '../../../lib';
import { synthesize } from '../../../lib/testing';
import { good, bare, web, job, inside, under, bound, values, type Cases } from './making';

export const casesAToH: Cases = {
  ApplicationEmpty: [
    [
      inside(() => undefined),
      'ApplicationEmpty at test: it holds nothing. Add a workload, or remove the application.',
    ],
    [
      inside((app) => new Postgres(app, 'shop-db', { version: 16 })),
      'ApplicationEmpty at test: it holds no workload: nothing uses shop-db. Add a workload, or remove the application.',
    ],
  ],
  ApplicationMissing: [
    [
      under((platform) => new WebService(platform, 'web', good)),
      'ApplicationMissing at web: it stands in no Application. Give an Application as its scope.',
    ],
    [
      under((platform) => new Postgres(new Construct(platform, 'data'), 'db', { version: 16 })),
      'ApplicationMissing at data/db: it stands in no Application. Give an Application as its scope.',
    ],
  ],
  ApplicationNested: [
    [
      inside((app) => new WebService(new Application(app, 'inner', { owner: 'a' }), 'a', good)),
      'ApplicationNested at test/inner: it stands inside the application test. Give the platform as its scope.',
    ],
  ],
  ChartOutsideApplication: [
    [
      under((platform) => new Chart(platform, 'lost')),
      'ChartOutsideApplication at lost: it is a Chart outside of every Application. Make it an Application, with an owner.',
    ],
  ],
  ClusterScopedObject: [
    [
      inside((app) => new ApiObject(app, 'ns', { apiVersion: 'v1', kind: 'Namespace' })),
      'ClusterScopedObject at test/ns: Namespace belongs to the whole cluster. Move it to the repository of the platform team.',
    ],
  ],
  ContainerNameTaken: [
    [
      web({ sidecars: { orders: { image: 'x/y:1' } } }),
      "ContainerNameTaken at test/orders: two containers are named 'orders'. Name it differently; the main container has the name of the workload.",
    ],
  ],
  CronInvalid: [
    [
      job({ schedule: '* * * *' }),
      "CronInvalid at test/j: schedule is '* * * *'. Give schedule as five fields, such as '15 3 * * *'.",
    ],
    [
      job({ schedule: '60 3 * * 7' }),
      "CronInvalid at test/j: the minute of schedule is '60'. Give the minute from 0 to 59, as in '15 3 * * *'.",
    ],
    [
      job({ schedule: '0 0 30,31 2 *' }),
      "CronInvalid at test/j: schedule is '0 0 30,31 2 *', a day that none of its months has. Give a day that comes.",
    ],
  ],
  DependencyAbsent: [
    [
      inside((app) => {
        const presence = { stages: ['dev'], reason: 'a mock' } as const;
        const mock = new WebService(app, 'mock', { ...good, presence });
        new WebService(app, 'orders', { ...good, env: { MOCK: mock.address } });
      }),
      'DependencyAbsent at test/orders: it depends on mock, which exists in dev only. Mark the dependency soft(…), or give both the same presence.',
    ],
  ],
  DependencyCycle: [
    [
      inside((app) => {
        const a: WebService = new WebService(app, 'a', {
          ...good,
          env: { B: later(() => b.address) },
        });
        const b = new WebService(app, 'b', { ...good, env: { A: a.address } });
      }),
      'DependencyCycle at test/a: a -> b -> a is a circle of hard dependencies: they fail together, and none can be told as the cause. Mark the one that the caller survives without: soft(…).',
    ],
  ],
  DependencyUnknown: [
    [
      inside((app) => {
        const gone = new WebService(app, 'gone', good);
        app.node.tryRemoveChild('gone');
        const target = { ...gone.address.target, name: 'never' };
        new Worker(app, 'w', { image: 'x/y:1', env: { A: { ...gone.address, target } } });
      }),
      "DependencyUnknown at test/w: it refers to 'never', which the application does not have. Refer to a web service of this application.",
    ],
  ],
  DomainMissing: [
    [
      bound({}, { expose: { host: 'orders' } }),
      'DomainMissing at shop/orders in dev: it is exposed, and the environment has no domain. Give the environment a domain.',
    ],
  ],
  DurationInvalid: [
    [
      web({ metrics: { interval: '30' } }),
      "DurationInvalid at test/orders: metrics.interval is '30'. Give a duration such as '30s'.",
    ],
  ],
  EnvironmentInvalid: [
    [
      () =>
        synthesize(
          (app) => new WebService(new Application(app, 'a', { owner: 'a' }), 'a', good),
          () =>
            new Platform({
              environments: [new Environment('dev', bare), new Environment('dev', bare)],
            }),
        ).problems,
      "EnvironmentInvalid at environment dev: two environments are named 'dev'. Rename one of them.",
    ],
    [
      bound({ capacity: { description: '', bounds: () => ({ min: 3, max: 2 }) } }),
      'EnvironmentInvalid at shop/orders in dev: capacity gives the bounds { min: 3, max: 2 }. Let capacity return whole numbers with 1 <= min <= max.',
    ],
    [
      bound({ mesh: Mesh.istioAmbient() }),
      "EnvironmentInvalid at environment dev: its mesh is 'istio', and defaults.mesh of the platform is none. Give the platform defaults: { mesh: 'istio' }.",
    ],
    [
      bound({ mesh: Mesh.istioSidecar() }, {}, { mesh: 'linkerd' }),
      "EnvironmentInvalid at environment dev: its mesh is 'istio', and defaults.mesh of the platform is 'linkerd'. Give the environment a mesh of 'linkerd', or none and a reason in omits.mesh.",
    ],
    [
      bound({ mesh: Mesh.linkerd() }, { port: grpc(9555), health: undefined }, { mesh: 'linkerd' }),
      "EnvironmentInvalid at shop/orders in dev: Linkerd would refuse the kubelet's check by gRPC on port 9555. Give Mesh.linkerd({ kubelet: [{ cidr: … }] }), the addresses of the nodes.",
    ],
  ],
  EnvironmentUnknown: [
    [
      web({ env: { A: perEnvironment(values({ dev: '1', staging: '2', prod: '3', prd: '4' })) } }),
      "EnvironmentUnknown at test/orders: env.A names 'prd'. Write 'prod'.",
    ],
    [
      web({ presence: { stages: ['qa'], reason: 'x' } }),
      "EnvironmentUnknown at test/orders: presence.stages names 'qa'. Use one of dev, staging, prod.",
    ],
  ],
  EnvNameInvalid: [
    [
      web({ env: { 'MY VAR': '1' } }),
      "EnvNameInvalid at test/orders: env has a variable named 'MY VAR'. Use letters, digits and _, beginning with a letter.",
    ],
  ],
  EnvNameTaken: [
    [
      inside((app) => {
        const { deployment } = new WebService(app, 'orders', { ...good, env: { A: '1' } });
        const path = '/spec/template/spec/containers/0/env/-';
        deployment.addJsonPatch(JsonPatch.add(path, { name: 'A', value: '2' }));
      }),
      "EnvNameTaken at test/orders/deployment: container 'orders' has two variables 'A'. Keep one of them.",
    ],
  ],
  EnvValueInvalid: [
    [
      web({ env: { PORT: 8080 } }),
      'EnvValueInvalid at test/orders: env.PORT is 8080. Give text or a reference, such as orders.address, db.uri, secret(…) or perEnvironment(…).',
    ],
    [
      web({ env: { URL: 'redis://$(PASSWORD)@cache', PASSWORD: secret('cache', 'password') } }),
      'EnvValueInvalid at test/orders: env.URL uses $(PASSWORD), which comes after it. Put PASSWORD before it; Kubernetes fills in what it has.',
    ],
  ],
  ExposureInvalid: [
    [
      web({ port: tcp(5432), health: { readiness: { tcp: 5432 } }, expose: { host: 'db' } }),
      'ExposureInvalid at test/orders: it is exposed, and its port 5432 speaks TCP, which no route carries. Expose a plain http(…) or grpc(…) port; the gateway does TLS.',
    ],
  ],
  FacetUnavailable: [
    [
      bound({}, { metrics: {} }),
      "FacetUnavailable at shop in dev: it needs the facet observability, which the environment does not have. Give the environment the capability 'observability', or a reason in omits.observability.",
    ],
    [
      bound({}, {}, { mesh: 'istio' }),
      'FacetUnavailable at shop in dev: it needs the facet mesh, which the environment does not have. Give the environment a mesh, or a reason in omits.mesh.',
    ],
  ],
  ForeignReference: [
    [
      under((platform) => {
        const theirs = new WebService(new Application(platform, 'a', { owner: 'a' }), 'a', good);
        const ours = new Application(platform, 'b', { owner: 'b' });
        new WebService(ours, 'b', { ...good, env: { URL: `http://${theirs.address}/v1` } });
      }),
      "ForeignReference at b/b: it refers to 'a' of the application a. Use the contract that its owner exports by published(…), or external(…).",
    ],
  ],
  GatewayMissing: [
    [
      bound({ domain: 'example.com' }, { expose: { host: 'orders' } }),
      'GatewayMissing at shop/orders in dev: it is exposed, and the environment has no gateway. Give the environment a gateway or an ingress.',
    ],
  ],
  GrpcProbeOverTls: [
    [
      web({ port: grpc(9555, { tls: true }), health: undefined }),
      "GrpcProbeOverTls at test/orders: port 9555 speaks TLS, which the kubelet's gRPC check cannot. Give health.readiness as { exec: […] } or { tcp: … }.",
    ],
  ],
  HostnameInvalid: [
    [
      web({ expose: { host: 'Orders' } }),
      "HostnameInvalid at test/orders: expose.host is 'Orders'. Give a name below the domain, such as 'orders', or '@'.",
    ],
    [
      bound({ domain: 'dev.test' }, { expose: { host: 'shop.dev.test' } }),
      "HostnameInvalid at shop/orders in dev: the hostname would be 'shop.dev.test.dev.test'. Write 'shop': the domain is added.",
    ],
  ],
  HostnameTaken: [
    [
      inside((app) => {
        new WebService(app, 'a', { ...good, expose: { host: 'shop' } });
        new WebService(app, 'b', { ...good, expose: { host: 'shop' } });
      }),
      'HostnameTaken at test/b in dev: shop.dev.test/ is also claimed by test/a in dev. Give expose another host or paths, or the environment another domain.',
    ],
  ],
};
