import { describe, expect, it } from '@jest/globals';
import { ApiObject, JsonPatch } from 'cdk8s';
import {
  Application,
  Dns,
  Environment,
  external,
  grpc,
  http,
  later,
  Namespaces,
  perEnvironment,
  Platform,
  renderProblem,
  secret,
  Size,
  soft,
  WebService,
} from '../../lib';
import {
  bare,
  bound,
  good,
  inside,
  job,
  untyped,
  web,
  type Case,
} from '../platform/problems/making';

/** What is reported, without the places in this file. */
const linesOf = (make: Case): readonly string[] =>
  make().map((problem) => renderProblem(problem).replace(/ \([^ ]+:\d+\)(?=: )/, ''));

const settings = perEnvironment({ dev: '1', staging: '2', prod: '3' });
const outer = external('');
const peers = [{ namespace: 'kube-system' }];
const restarts = { restartImage: 'example/kubectl:1.30' };
const shop = (facts: object): Case => {
  const env = { A: perEnvironment({ dev: '1' } as never), B: secret('b') };
  return bound({ secretStore: { name: 'store' }, ...restarts, ...facts }, { env });
};
const under = (props: unknown): Case => {
  return () => new Platform(untyped(props)).render().problems;
};
const patched = (...patches: readonly JsonPatch[]): Case => {
  return inside((app) => {
    new WebService(app, 'orders', good).deployment.addJsonPatch(...patches);
  });
};

const cases: Readonly<Record<string, readonly (readonly [Case, readonly string[]])[]>> = {
  'of what is no plain object or list': [
    [
      web({ env: new Map([['A', 'x']]) }),
      [
        "PropInvalid at test/orders: env is Map(1) { 'A' => 'x' }. Give variables as { NAME: value }.",
      ],
    ],
    [
      web({ metrics: new Date(0) }),
      [
        'PropInvalid at test/orders: metrics is 1970-01-01T00:00:00.000Z. Give { port?, path?, interval?, sampleLimit? }, such as {}.',
      ],
    ],
    [
      web({ args: ['a', , 'b'] }),
      [
        "PropInvalid at test/orders: args is [ 'a', <1 empty item>, 'b' ]. Give a list such as ['serve'].",
      ],
    ],
    [
      web({ drainSeconds: -0 }),
      ['PropInvalid at test/orders: drainSeconds is -0. Give whole seconds from 1 to 3600.'],
    ],
    [
      web({ files: 'x'.repeat(50_000) }),
      [
        "PropInvalid at test/orders: files is 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…'. Give secrets by path: { '/etc/keys/signing.pem': secret('signing-key') }.",
      ],
    ],
    [
      web({ size: { size: 'S', cpu: '1' } }),
      ['PropUnknown at test/orders: there is no prop size.cpu. Remove it; known are size.'],
    ],
  ],
  'of text that no process can be given': [
    [
      web({ env: { A: 'a\0' } }),
      [
        "EnvValueInvalid at test/orders: env.A is 'a\\x00'. Give text or a reference, such as orders.address, db.uri, secret(…) or perEnvironment(…).",
      ],
    ],
    [web({ args: ['\ud800'] }), ["PropInvalid at test/orders: args[0] is '\\ud800'. Give text."]],
    [
      web({ ['a\nb\u001b']: 1 }),
      [
        'PropUnknown at test/orders: there is no prop a b . Remove it; known are image, size, runtime, env, files, command, args, scratch, user, init, sidecars, uses, metrics, annotations, presence, scale, drainSeconds, migrate, runbook, port, health, expose, publish, slo.',
      ],
    ],
  ],
  'of references that lead nowhere': [
    [
      web({ env: { A: outer.address } }),
      [
        "HostnameInvalid at test/orders: external('', 443) names no host. Give the DNS name alone, as in external('api.stripe.com', 443).",
      ],
    ],
    [
      web({ env: { A: `http://${String(outer.address)}` } }),
      [
        "HostnameInvalid at test/orders: external('', 443) names no host. Give the DNS name alone, as in external('api.stripe.com', 443).",
      ],
    ],
    [
      web({ env: { A: later(() => outer) } }),
      [
        "HostnameInvalid at test/orders: external('', 443) names no host. Give the DNS name alone, as in external('api.stripe.com', 443).",
      ],
    ],
    [
      web({ uses: [outer] }),
      [
        "HostnameInvalid at test/orders: external('', 443) names no host. Give the DNS name alone, as in external('api.stripe.com', 443).",
      ],
    ],
    [
      web({ env: { A: soft(untyped(undefined)) } }),
      [
        'EnvValueInvalid at test/orders: env.A is the reference, which leads nowhere. Give text or a reference, such as orders.address, db.uri, secret(…) or perEnvironment(…).',
      ],
    ],
    [
      web({
        env: {
          A: perEnvironment({ ...settings.values, dev: String(external('a.b').url) } as never),
        },
      }),
      [
        'PropInvalid at test/orders: env.A.dev holds the url of a.b. Give text; a reference is the same in every environment.',
      ],
    ],
    [
      web({ env: { A: String(secret(untyped(10n))) } }),
      [
        'EnvValueInvalid at test/orders: env.A holds a reference that leads nowhere. Give external(…) a host and a port, and soft(…) and call(…) a reference.',
      ],
    ],
  ],
  'of what the API server would refuse': [
    [
      web({ size: Size.of({ cpu: '1E', memory: '1Gi' }) }),
      [
        "QuantityInvalid at test/orders: size.cpu is '1E'. Give CPU as a quantity of at least 1m, such as 250m.",
      ],
    ],
    [
      web({ health: { readiness: { exec: [] } } }),
      ['PropInvalid at test/orders: health.readiness.exec is []. Give a command as a list.'],
    ],
    [
      web({ expose: { host: 'a', paths: [] } }),
      ["PropInvalid at test/orders: expose.paths is []. Give a list such as ['/api']."],
    ],
    [
      web({ expose: { host: 'a', paths: ['/%zz'] } }),
      ["PathInvalid at test/orders: expose.paths[0] is '/%zz'. Give a path prefix such as '/api'."],
    ],
    [
      web({ files: { '/keys/..data': secret('a') } }),
      [
        "PathInvalid at test/orders: files has the path '/keys/..data'. Give an absolute path in a folder.",
      ],
    ],
    [
      web({ metrics: { interval: '1.5h' } }),
      [
        "DurationInvalid at test/orders: metrics.interval is '1.5h'. Give a duration such as '30s'.",
      ],
    ],
    [
      job({ timeZone: 'EUROPE/BERLIN' }),
      [
        "TimeZoneInvalid at test/j: timeZone is 'EUROPE/BERLIN'. Give timeZone as the IANA database writes it, such as 'Europe/Berlin'.",
      ],
    ],
    [
      job({ schedule: '*/99999999999 * * * *' }),
      [
        "CronInvalid at test/j: the minute of schedule is '*/99999999999'. Give the minute from 0 to 59, as in '15 3 * * *'.",
      ],
    ],
    [
      web({ env: { ['A'.repeat(254)]: settings } }),
      [
        "EnvNameInvalid at test/orders: the setting 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' is longer than 253 characters. Shorten its name.",
      ],
    ],
    [
      web({ env: { 'b.A': settings }, sidecars: { b: { image: 'x:1', env: { A: settings } } } }),
      [
        "EnvNameTaken at test/orders: two containers have the setting 'b.A'. Rename one of the variables.",
      ],
    ],
  ],
  'of a gRPC check on the TLS port alone': [
    [
      web({
        port: grpc(9000, { tls: true }),
        health: { readiness: { tcp: 9000 }, liveness: { grpc: '' } },
      }),
      [
        "GrpcProbeOverTls at test/orders: port 9000 speaks TLS, which the kubelet's gRPC check cannot. Give health.readiness as { exec: […] } or { tcp: … }.",
      ],
    ],
    [web({ port: http(9000, { tls: true }), health: { readiness: { grpc: '', port: 9001 } } }), []],
  ],
  'of the names that constructs keeps for itself': [
    [
      inside((app) => new WebService(app, 'constructor', good)),
      [
        "IdInvalid at test/constructor~2: the id is 'constructor', which JavaScript keeps. Give it another id.",
      ],
    ],
  ],
  'of objects that a patch spoiled': [
    [
      patched(JsonPatch.remove('/metadata')),
      [
        'ManifestInvalid at test/orders/deployment: metadata.name is undefined. Give metadata.name as text.',
      ],
    ],
    [
      patched(JsonPatch.replace('/kind', 5)),
      ['ManifestInvalid at test/orders/deployment: kind is 5. Give kind as text.'],
    ],
    [
      patched(JsonPatch.add('/metadata/labels/x', 'not valid')),
      [
        "LabelInvalid at test/orders/deployment: metadata.labels has 'x' with 'not valid'. Give what Kubernetes accepts there.",
      ],
    ],
    [inside((app) => new ApiObject(app, 'a', { apiVersion: 'constructor/v1', kind: 'X' })), []],
  ],
  'of functions that return what they should not': [
    [
      shop({ capacity: { description: '', bounds: () => undefined } }),
      [
        'EnvironmentInvalid at shop/orders in dev: capacity gives the bounds undefined. Let capacity return whole numbers with 1 <= min <= max.',
      ],
    ],
    [
      shop({ capacity: { description: '', bounds: () => ({ min: 1n, max: 2 ** 40 }) } }),
      [
        'EnvironmentInvalid at shop/orders in dev: capacity gives the bounds { min: 1n, max: 1099511627776 }. Let capacity return whole numbers with 1 <= min <= max.',
      ],
    ],
    [
      shop({ namespace: Namespaces.created(untyped(() => null)) }),
      [
        'NamespaceInvalid at shop in dev: the namespace would be null. Shorten the application, or give the environment a namespace rule.',
      ],
    ],
    [
      shop({ secretStore: { name: 'store', entry: () => 5 } }),
      [
        'EnvironmentInvalid at shop in dev: secretStore.entry gives 5 for the secret b. Let it return the name of the entry.',
      ],
    ],
    [
      inside((app) => {
        app.node.addValidation({ validate: () => untyped(JSON.parse('{')) });
        new WebService(app, 'orders', good);
      }),
      [
        'ValidationFailed at test: a validation says "Expected property name or \'}\' in JSON at position 1". Mend what it names.',
      ],
    ],
  ],
  'of networks that would be open to all': [
    [
      bound({ network: { dns: { peers: [] } } }),
      ['PropInvalid at environment dev: network.dns.peers is []. Give at least one peer.'],
    ],
    [
      bound({ network: { dns: { peers, ports: [] } } }),
      ['PropInvalid at environment dev: network.dns.ports is []. Give at least one port.'],
    ],
    [
      bound({ network: { dns: { peers: [{ cidr: '10.0.0.0/8', except: ['11.0.0.0/9'] }] } } }),
      [
        'PropInvalid at environment dev: network.dns.peers[0].except has 11.0.0.0/9, which is no part of 10.0.0.0/8. Give smaller blocks of the same addresses.',
      ],
    ],
    [
      bound({ network: { dns: { peers: [{ cidr: 'fe80::%eth0/64' }] } } }),
      [
        "PropInvalid at environment dev: network.dns.peers[0].cidr is 'fe80::%eth0/64'. Give an address block such as '10.0.0.0/8'.",
      ],
    ],
  ],
  'of platforms': [
    [
      under(undefined),
      ['PropInvalid at platform: the props object is undefined. Give { environments }.'],
    ],
    [
      under({ environments: [{ name: 'dev' }], default: {} }),
      [
        'PropUnknown at platform: there is no prop default. Write defaults.',
        "PlatformInvalid at platform: environments[0] is { name: 'dev' }. Give new Environment(…).",
      ],
    ],
    [
      under({ environments: [new Environment(untyped(Symbol('x')), bare)] }),
      [
        "EnvironmentInvalid at environment Symbol(x): name is Symbol(x). Give a name such as 'dev' (small letters, digits and -).",
        "EnvironmentInvalid at environment Symbol(x): stage is Symbol(x). Give a name such as 'dev' (small letters, digits and -).",
      ],
    ],
    [
      under({ environments: [new Environment('dev', untyped(undefined))] }),
      [
        'PropMissing at environment dev: capacity is missing. Give Capacity.single(), Capacity.atMost(n) or Capacity.asDeclared().',
        'PropMissing at environment dev: network is missing. Give { dns: Dns.kubeDns() }.',
      ],
    ],
  ],
};

describe.each(Object.entries(cases))('a problem is made %s', (_, list) => {
  it.each(list.map(([make, lines], index) => ({ index, make, lines })))(
    '($index)',
    ({ make, lines }) => {
      expect(linesOf(make)).toEqual(lines);
    },
  );
});

describe('what is sound', () => {
  const facts = { ...bare, secretStore: { name: 'store' }, ...restarts };
  const render = (given: object, props: object, id = 'orders') => {
    const dev = new Environment('dev', untyped({ ...facts, ...given }));
    const platform = new Platform({ environments: [dev] });
    const application = new Application(platform, 'shop', { owner: 'team-a' });
    new WebService(application, id, untyped({ ...good, ...props }));
    return platform.render();
  };

  it('lets nothing out where an environment names nothing outside', () => {
    const network = { ...bare.network, outside: [] };
    const { files, problems } = render({ network }, { uses: [external('api.stripe.com')] });
    expect(problems).toEqual([]);
    expect(files.get('dev/shop/environment.k8s.yaml')).not.toContain('allow-outside');
  });

  it('asks one address of a node-local cache, of either family', () => {
    const cidrs = [Dns.nodeLocal(), Dns.nodeLocal('fd00::10')].map(({ peers: [peer] }) => peer);
    expect(cidrs).toEqual([{ cidr: '169.254.20.10/32' }, { cidr: 'fd00::10/128' }]);
  });

  it('takes a default that is undefined for one that is not given', () => {
    const defaults = untyped({ ladder: undefined, cpuLimit: undefined, user: undefined });
    const texts = [defaults, {}].map((given) => {
      const dev = new Environment('dev', facts);
      const platform = new Platform({ environments: [dev], defaults: given });
      new WebService(new Application(platform, 'shop', { owner: 'a' }), 'orders', good);
      return platform.render().files.get('dev/shop/application.k8s.yaml');
    });
    expect(texts[0]).toBe(texts[1]);
    expect(texts[0]).toContain('runAsUser: 10001');
  });

  it('has no workload named as what the binding makes', () => {
    const env = { A: perEnvironment({ dev: '1' } as never) };
    const { problems } = render({}, { env }, 'shop-restart');
    // Its ServiceAccount and its Job.
    expect(problems.map(({ code }) => code)).toEqual(['ObjectNameTaken', 'ObjectNameTaken']);
  });

  it('sorts the keys of a patched object like those of any other', () => {
    const platform = new Platform({ environments: [new Environment('dev', facts)] });
    const application = new Application(platform, 'shop', { owner: 'team-a' });
    const { deployment } = new WebService(application, 'orders', good);
    deployment.addJsonPatch(JsonPatch.add('/spec/minReadySeconds', 5));
    const keys = Object.keys(deployment.toJson().spec as object);
    expect(keys).toEqual([...keys].sort());
  });

  it('has no workload that is made while a reference is looked up', () => {
    const platform = new Platform({ environments: [new Environment('dev', facts)] });
    const application = new Application(platform, 'shop', { owner: 'team-a' });
    const env = { A: later(() => new WebService(application, 'late', good).address) };
    new WebService(application, 'orders', { ...good, env });
    expect(platform.render().problems.map(({ code }) => code)).toEqual(['DependencyUnknown']);
  });
});
