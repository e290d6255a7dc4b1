import { ApiObject, JsonPatch } from 'cdk8s';
import { Construct } from 'constructs';
import {
  Application,
  grpc,
  later,
  Mesh,
  Namespaces,
  perEnvironment,
  Platform,
  secret,
  Size,
  WebService,
  Worker,
} from '../../../lib';
import {
  good,
  untyped,
  web,
  worker,
  job,
  inside,
  under,
  bound,
  values,
  type Cases,
} from './making';

export const casesIToZ: Cases = {
  IdInvalid: [
    [
      web({}, '..'),
      "IdInvalid at test/..: the id is '..'. Use at most 63 small letters, digits and -, beginning with a letter.",
    ],
    [
      under(
        (platform) => new WebService(new Application(platform, '..', { owner: 'a' }), 'a', good),
      ),
      "IdInvalid at ..: the id is '..'. Use at most 50 small letters, digits and -, beginning with a letter.",
    ],
  ],
  IdTaken: [
    [
      under((platform) => {
        new Application(platform, 'shop', { owner: 'a' });
        new Application(platform, 'shop', { owner: 'a' });
      }),
      "IdTaken at shop~2: the scope has another construct named 'shop', declared at …. Give it an id of its own.",
    ],
    [
      inside((app) => {
        new WebService(new Construct(app, 'one'), 'orders', good);
        new Worker(new Construct(app, 'two'), 'orders', { image: 'x/y:1' });
      }),
      'IdTaken at test/two/orders: test/one/orders is a web service of that id too, declared at …. Give it an id of its own.',
    ],
    [
      inside((app) => {
        new WebService(app, 'orders', good);
        new WebService(app, 'orders', good);
      }),
      "IdTaken at test/orders~2: the scope has another construct named 'orders', declared at …. Give it an id of its own.",
    ],
  ],
  ImageInvalid: [
    [
      web({ image: 'Not An Image' }),
      "ImageInvalid at test/orders: image is 'Not An Image'. Give image as registry/name:tag or registry/name@sha256:….",
    ],
  ],
  ImageUnpinned: [
    [
      web({ image: 'ghcr.io/example/orders:latest' }),
      "ImageUnpinned at test/orders: image is 'ghcr.io/example/orders:latest'. Give a version tag or a digest.",
    ],
    [
      web({ init: { setup: { image: 'localhost:5000/setup' } } }),
      "ImageUnpinned at test/orders: init.setup.image is 'localhost:5000/setup'. Give a version tag or a digest.",
    ],
  ],
  LabelInvalid: [
    [
      web({ annotations: { 'a b': 'x' } }),
      "LabelInvalid at test/orders: annotations has the key 'a b'. Give 'name' or 'example.com/name'.",
    ],
  ],
  LaterFailed: [
    [
      web({
        env: {
          A: later(() => {
            throw new TypeError('no');
          }),
        },
      }),
      "LaterFailed at test/orders: env.A threw 'TypeError: no'. Return a reference, as in later(() => orders.address).",
    ],
  ],
  ManifestInvalid: [
    [
      inside((app) => new ApiObject(app, 'l', { apiVersion: 'v1', kind: 'List', items: [{}, {}] })),
      'ManifestInvalid at test/l: a List hides 2 objects. Make each of them an object of its own.',
    ],
  ],
  MountPathTaken: [
    [
      web({ scratch: ['/data', '/data/cache'] }),
      "MountPathTaken at test/orders: container orders mounts '/data/cache' and '/data'. Give the files or the scratch a folder of their own.",
    ],
  ],
  NamespaceInvalid: [
    [
      bound({ namespace: Namespaces.created('Team A') }),
      "NamespaceInvalid at shop in dev: the namespace would be 'Team A'. Shorten the application, or give the environment a namespace rule.",
    ],
  ],
  NamespacedObject: [
    [
      inside((app) => {
        const metadata = { namespace: 'kube-system' };
        new ApiObject(app, 'cm', { apiVersion: 'v1', kind: 'ConfigMap', metadata });
      }),
      "NamespacedObject at test/cm: metadata.namespace is 'kube-system'. Leave it out; each environment has a namespace of its own.",
    ],
  ],
  ObjectNameTaken: [
    [
      inside((app) => {
        new WebService(app, 'orders', good);
        const metadata = { name: 'orders' };
        new ApiObject(app, 'svc', { apiVersion: 'v1', kind: 'Service', metadata });
      }),
      'ObjectNameTaken at test/svc: Service/orders is also made by test/orders/service. Give one of them another name.',
    ],
    [
      inside((app) => {
        const env = { A: perEnvironment({ dev: '1', staging: '2', prod: '3' }) };
        new WebService(app, 'orders', { ...good, env });
        const metadata = { name: 'orders-settings' };
        new ApiObject(app, 'cm', { apiVersion: 'v1', kind: 'ConfigMap', metadata });
      }),
      'ObjectNameTaken at test in dev: ConfigMap/orders-settings of test/cm is also made by the binding, for orders. Give your object another name.',
    ],
  ],
  PatchFailed: [
    [
      inside((app) => {
        const { deployment } = new WebService(app, 'orders', good);
        deployment.addJsonPatch(JsonPatch.replace('/spec/nope/deeper', 1));
      }),
      'PatchFailed at test/orders/deployment: a patch failed with "Cannot read properties of undefined (reading \'deeper\')". Mend the path of the patch.',
    ],
  ],
  PathInvalid: [
    [
      web({ scratch: ['relative'] }),
      "PathInvalid at test/orders: scratch[0] is 'relative'. Give an absolute path such as '/var/cache/nginx'.",
    ],
    [
      web({ files: { '/top.pem': secret('k') } }),
      "PathInvalid at test/orders: files has the path '/top.pem'. Give an absolute path in a folder.",
    ],
  ],
  PlatformInvalid: [
    [
      () => new Platform({ environments: [] }).render().problems,
      'PlatformInvalid at platform: environments is []. Give at least one Environment.',
    ],
  ],
  PortInvalid: [
    [web({ port: 80 }), 'PortInvalid at test/orders: port is 80. Give a port from 1024 to 65535.'],
    [
      web({ port: grpc(9555, { balance: 'client', servicePort: 80 }) }),
      "PortInvalid at test/orders: port.servicePort is 80, but a headless Service reaches the container's 9555. Leave out servicePort.",
    ],
  ],
  PortTaken: [
    [
      web({
        sidecars: { proxy: { image: 'x/y:1', health: { readiness: { path: '/', port: 8080 } } } },
      }),
      'PortTaken at test/orders: containers orders and proxy both use port 8080. Give one of them another port.',
    ],
  ],
  PresenceInvalid: [
    [
      web({ presence: { stages: [], reason: 'x' } }),
      'PresenceInvalid at test/orders: presence.stages is []. Give at least one stage.',
    ],
    [
      web({ presence: { stages: ['dev'], reason: 'x' } }, 'environment'),
      'PresenceInvalid at test/environment: its file would be environment.k8s.yaml, which has another meaning. Give the workload another id.',
    ],
  ],
  ProbesIdentical: [
    [
      web({ health: { readiness: '/ready', liveness: '/ready' } }),
      'ProbesIdentical at test/orders: health.readiness and health.liveness are both "/ready". Leave out liveness, or give an endpoint without dependencies.',
    ],
  ],
  PropInvalid: [
    [
      web({ port: grpc(9555) }),
      "PropInvalid at test/orders: health is '/ready', and port 9555 speaks gRPC. Leave it out, or give { readiness: { path, port } }.",
    ],
    [
      web({ user: 0 }),
      "PropInvalid at test/orders: user is 0. Give a user id from 1, 'image' or 'assigned'.",
    ],
    [
      under((platform) => {
        const props = untyped({});
        new WebService(new Application(platform, 'shop', props), 'orders', good);
      }),
      "PropInvalid at shop: owner is undefined. Give the team that answers for it, such as 'team-checkout'.",
    ],
  ],
  PropMissing: [
    [
      web({ image: undefined }),
      'PropMissing at test/orders: image is missing. Give the container image, with a tag or a digest.',
    ],
    [
      worker({ health: { readiness: '/ready' } }),
      'PropMissing at test/w: health.readiness has no port. Give health.readiness.port.',
    ],
    [
      web({ port: grpc(9555), metrics: {} }),
      'PropMissing at test/orders: metrics.port is missing, and port 9555 does not speak plain HTTP. Give the port on which metrics are.',
    ],
    [
      inside((app) => new Worker(app, 'w', untyped(undefined))),
      'PropMissing at test/w: the props are undefined. Give the props of a worker.',
    ],
  ],
  PropUnknown: [
    [
      bound({ mesh: { ...Mesh.istioAmbient(), kubelets: [] } }),
      'PropUnknown at environment dev: there is no prop mesh.kubelets. Write kubelet.',
    ],
    [
      worker({ expose: { host: 'w' } }),
      'PropUnknown at test/w: there is no prop expose. A worker has no port: make it a WebService.',
    ],
    [
      job({ port: 8080 }),
      'PropUnknown at test/j: there is no prop port. A scheduled job has no port: make it a WebService.',
    ],
    [
      web({ replicas: 3 }),
      'PropUnknown at test/orders: there is no prop replicas. Write scale: { min, max }.',
    ],
    [web({ helth: '/ready' }), 'PropUnknown at test/orders: there is no prop helth. Write health.'],
  ],
  QuantityInvalid: [
    [
      web({ size: Size.of({ cpu: '1', memory: '512m' }) }),
      "QuantityInvalid at test/orders: size.memory is '512m'. Give memory as a quantity of at least 4Mi, such as 512Mi.",
    ],
  ],
  ReadinessMissing: [
    [
      web({ health: undefined }),
      "ReadinessMissing at test/orders: health is missing. Give health: '/ready', the path that answers 200 when the service can serve.",
    ],
  ],
  ReferenceOutsideWorkload: [
    [
      inside((app) => {
        const orders = new WebService(app, 'orders', good);
        const data = { URL: `http://${String(orders.address)}/v1` };
        new ApiObject(app, 'cm', { apiVersion: 'v1', kind: 'ConfigMap', data });
      }),
      'ReferenceOutsideWorkload at test/cm: data.URL holds the address of orders. Give it to a workload in env or uses, and write the plain address here.',
    ],
  ],
  RestartUnavailable: [
    [
      bound({}, { env: { A: perEnvironment(values({ dev: '1' })) } }),
      "RestartUnavailable at shop/orders in dev: it has settings, and nothing would restart it when they change. Give the environment the capability 'reloader', or a restartImage with kubectl.",
    ],
  ],
  ScaleInverted: [
    [
      web({ scale: { min: 5, max: 3 } }),
      'ScaleInverted at test/orders: scale.min is 5, above scale.max 3. Set scale.max to 5 or more.',
    ],
  ],
  SecretInText: [
    [
      web({ env: { URL: `postgres://${String(secret('password'))}@db` } }),
      'SecretInText at test/orders: env.URL writes the secret password into a text. Give the reference itself to a variable, and compose with $(NAME) in another.',
    ],
  ],
  SecretStoreMissing: [
    [
      bound({}, { env: { KEY: secret('stripe-key') } }),
      'SecretStoreMissing at shop/orders in dev: it reads the secret stripe-key, and the environment has no secret store. Give the environment a secretStore.',
    ],
  ],
  SettingMissing: [
    [
      web({ env: { A: perEnvironment(values({ dev: '1', staging: '2' })) } }),
      "SettingMissing at test/orders in prod: env.A has values for [ 'dev', 'staging' ] only. Give a value for 'prod'.",
    ],
  ],
  TimeZoneInvalid: [
    [
      job({ timeZone: 'europe/berlin' }),
      "TimeZoneInvalid at test/j: timeZone is 'europe/berlin'. Give timeZone as the IANA database writes it, such as 'Europe/Berlin'.",
    ],
  ],
  ValidationFailed: [
    [
      inside((app) => {
        const orders = new WebService(app, 'orders', good);
        orders.node.addValidation({ validate: () => ['too few tests'] });
      }),
      "ValidationFailed at test/orders: a validation says 'too few tests'. Mend what it names.",
    ],
    [
      inside((app) => {
        const orders = new WebService(app, 'orders', good);
        const message = `${String(orders)} has too few tests`;
        orders.node.addValidation({ validate: () => [message] });
      }),
      "ValidationFailed at test/orders: a validation says 'the web service test/orders has too few tests'. Mend what it names.",
    ],
  ],
};
