import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import {
  Application,
  Bucket,
  Capacity,
  Dns,
  Environment,
  external,
  grpc,
  http,
  inCluster,
  KafkaTopic,
  MySql,
  Namespaces,
  perEnvironment,
  Platform,
  Postgres,
  RabbitMq,
  Redis,
  ScheduledJob,
  secret,
  Size,
  soft,
  WebService,
  Worker,
  type EnvironmentProps,
} from '../../lib';

const cluster = {
  network: {
    dns: Dns.nodeLocal(),
    metrics: [{ namespace: 'monitoring', pods: { 'app.kubernetes.io/name': 'prometheus' } }],
  },
  gateway: {
    name: 'public',
    namespace: 'gateway-system',
    sectionName: 'https',
    peers: [{ namespace: 'gateway-system' }],
  },
  secretStore: { name: 'vault', kind: 'SecretStore' },
  pullSecrets: ['registry'],
  providers: {
    default: inCluster({
      storageClass: 'fast',
      backup: {
        destinationPath: 's3://backups/all',
        endpointUrl: 'https://s3.example.com',
        credentials: 'backup',
      },
    }),
  },
} as const satisfies Partial<EnvironmentProps>;

/** Writes an application with every feature of the library, in three environments that differ in every fact. */
export function synthesizeEveryFeature(outdir: string): void {
  const app = new Platform({
    outdir,
    environments: [
      new Environment('dev', {
        ...cluster,
        domain: 'dev.test',
        capacity: Capacity.single(),
        capabilities: ['observability'],
        restartImage: 'registry.k8s.io/kubectl:v1.32.4',
      }),
      new Environment('staging', {
        ...cluster,
        domain: 'staging.test',
        capacity: Capacity.atMost(3),
        capabilities: ['reloader', 'observability'],
        namespace: Namespaces.existing('team-all'),
      }),
      new Environment('prod', {
        ...cluster,
        domain: 'prod.test',
        capacity: Capacity.asDeclared(),
        capabilities: ['reloader'],
        omits: { observability: 'another system watches it' },
        providers: {
          default: inCluster({
            backup: { volumeSnapshotClass: 'snapshots' },
            s3: { cluster: 'objects', namespace: 'storage' },
          }),
        },
      }),
    ],
  });
  new EveryFeature(app);
  app.synth();
}

/** Texts that a reader of YAML could take for something else. */
const NASTY = {
  NORWAY: 'no',
  SWITCH: 'on',
  YES: 'y',
  OCTAL: '0o17',
  OLD_OCTAL: '017',
  EXPONENT: '1e3',
  SEXAGESIMAL: '12:30:45',
  EMPTY: '',
  MERGE: '<<',
  LINES: 'one\n two\n\nthree\n',
  TRAILING: 'space ',
  QUOTES: `'"{{ .Values }}" $(HOME)`,
};

class EveryFeature extends Application {
  public constructor(scope: Construct) {
    super(scope, 'everything', { owner: 'team-all' });
    const ads = new WebService(this, 'ads', {
      image: 'ghcr.io/example/ads:2.1.0',
      port: grpc(9555, { balance: 'client' }),
      size: Size.XS,
    });
    new WebService(this, 'orders', {
      image: 'ghcr.io/example/orders:1.4.2',
      port: http(8080, { servicePort: 80 }),
      health: { readiness: { path: '/ready', headers: { Accept: '*/*' } }, liveness: '/live' },
      scale: { min: 2, max: 10 },
      env: {
        ...NASTY,
        ADS_ADDR: soft(ads.address),
        LOG_LEVEL: perEnvironment({ dev: 'no', staging: '1e3', prod: 'one\ntwo\n' }),
        API_KEY: secret('api-key'),
      },
      files: { '/etc/keys/signing.pem': secret('signing-key', 'tls.key') },
      scratch: ['/var/cache/nginx', { path: '/var/run/app', size: '1Gi' }],
      init: { migrate: { image: 'ghcr.io/example/orders:1.4.2', args: ['migrate'] } },
      sidecars: {
        proxy: { image: 'ghcr.io/example/proxy:3.0.0', health: { readiness: { tcp: 9000 } } },
      },
      uses: [external('api.stripe.com'), external('smtp.example.com', 587)],
      expose: { host: '@', paths: ['/', '/api'] },
      metrics: { port: 9464 },
      annotations: { 'example.com/agent': 'off' },
    });
    new Worker(this, 'mailer', {
      image: 'ghcr.io/example/mailer:1.0.0',
      env: {
        SENDER: perEnvironment({
          dev: 'a@dev.test',
          staging: 'b@staging.test',
          prod: 'c@prod.test',
        }),
      },
      metrics: { port: 9464 },
      presence: { stages: ['dev', 'prod'], reason: 'staging sends no mail' },
    });
    new ScheduledJob(this, 'report', {
      image: 'ghcr.io/example/report:1.0.0',
      schedule: '15 3 * * 1-5',
      timeZone: 'Europe/Berlin',
      env: {
        BUCKET: perEnvironment({ dev: 'd', staging: 's', prod: 'p' }),
        KEY: secret('report-key'),
      },
    });
    this.#backingServices();
    this.#byHand();
  }

  /** One of each kind, in the sizes that every environment has. */
  #backingServices(): void {
    const place = { size: Size.M } as const;
    new Worker(this, 'shipper', {
      image: 'ghcr.io/example/shipper:1.0.0',
      uses: [
        new Postgres(this, 'orders-db', { ...place, version: 16, extensions: ['pgcrypto'] }),
        new MySql(this, 'legacy-db', place),
        new Redis(this, 'sessions', { ...place, durable: true }),
        new RabbitMq(this, 'broker', {
          ...place,
          queues: { orders: { messageTtlSeconds: 600 }, Mail_out: { type: 'classic' } },
          exchanges: { events: { type: 'topic' } },
          bindings: [{ exchange: 'events', queue: 'orders', routingKey: 'order.*' }],
        }),
        new KafkaTopic(this, 'clicks', { ...place, compacted: true }),
        new Bucket(this, 'invoices', { ...place, expireDays: 30 }),
      ],
    });
    const cache = new Redis(this, 'page-cache', { deletionPolicy: 'delete' });
    const second = new KafkaTopic(this, 'orders-topic', { deletionPolicy: 'delete' });
    const pictures = new Bucket(this, 'pictures', { deletionPolicy: 'delete', versioned: false });
    new Worker(this, 'packer', {
      image: 'ghcr.io/example/packer:1.0.0',
      env: { CACHE: cache.uri, TOPIC: second.key('topic'), PICTURES: pictures.key('bucket') },
    });
  }

  /** What the escape hatch brings: names and labels as kustomize likes to change them. */
  #byHand(): void {
    new ApiObject(this, 'by-hand', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'by-hand' },
      data: { 'app.yaml': 'namespace: elsewhere\nname: by-hand\n' },
    });
    new ApiObject(this, 'reader', {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: { name: 'reader' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' },
      subjects: [
        { kind: 'Group', apiGroup: 'rbac.authorization.k8s.io', name: 'auditors' },
        { kind: 'ServiceAccount', name: 'backup', namespace: 'elsewhere' },
      ],
    });
    new ApiObject(this, 'cache', {
      apiVersion: 'example.com/v1',
      kind: 'Cache',
      metadata: { name: 'cache' },
      spec: { namespace: 'elsewhere', secretRef: { name: 'api-key', namespace: 'elsewhere' } },
    });
  }
}
