import type { Construct } from 'constructs';
import {
  Application,
  Capacity,
  Dns,
  Environment,
  external,
  grpc,
  http,
  perEnvironment,
  Platform,
  ScheduledJob,
  secret,
  Size,
  WebService,
  Worker,
  type EnvironmentProps,
  type PerEnvironment,
  type SettingReference,
} from '../../lib';

const cluster = {
  network: { dns: Dns.kubeDns(), metrics: [{ namespace: 'monitoring' }] },
  gateway: {
    name: 'public',
    namespace: 'gateway-system',
    peers: [{ namespace: 'gateway-system' }],
  },
  secretStore: { name: 'vault' },
} as const satisfies Partial<EnvironmentProps>;

/** A value for the two environments that there are. */
const differing = (dev: string, prod: string): SettingReference =>
  perEnvironment({ dev, prod } as PerEnvironment);

const releases = {
  first: (app: Construct) => new First(app),
  second: (app: Construct) => new Second(app),
} as const;
export type Release = keyof typeof releases;

/** Writes a release of an application: the second changes about everything that a team may change. In dev nothing but a Job restarts. */
export function synthesizeRelease(release: Release, outdir: string): void {
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
      new Environment('prod', {
        ...cluster,
        domain: 'prod.test',
        capacity: Capacity.asDeclared(),
        capabilities: ['reloader', 'observability'],
      }),
    ],
  });
  releases[release](app);
  app.synth();
}

class First extends Application {
  public constructor(scope: Construct) {
    super(scope, 'changing', { owner: 'team-a' });
    const catalog = new WebService(this, 'catalog', {
      image: 'ghcr.io/example/catalog:1.0.0',
      port: 8080,
      health: '/ready',
      scale: { min: 2, max: 6 },
      metrics: { port: 9464 },
    });
    new WebService(this, 'orders', {
      image: 'ghcr.io/example/orders:1.4.2',
      port: 8080,
      health: '/ready',
      size: Size.S,
      scale: { min: 2, max: 4 },
      env: {
        CATALOG: catalog.address,
        GREETING: 'hello',
        LEVEL: differing('debug', 'info'),
        KEY: secret('orders-key'),
      },
      migrate: { command: ['bin/orders', 'migrate'] },
      sidecars: { proxy: { image: 'ghcr.io/example/proxy:3.0.0' } },
      uses: [external('api.stripe.com')],
      expose: { host: 'orders' },
      metrics: {},
    });
    new Worker(this, 'mailer', {
      image: 'ghcr.io/example/mailer:1.0.0',
      env: { SENDER: differing('a@dev.test', 'a@prod.test') },
    });
    new ScheduledJob(this, 'report', {
      image: 'ghcr.io/example/report:1.0.0',
      schedule: '15 3 * * *',
      timeZone: 'Europe/Berlin',
    });
  }
}

class Second extends Application {
  public constructor(scope: Construct) {
    super(scope, 'changing', { owner: 'team-b' });
    const ads = new WebService(this, 'ads', {
      image: 'ghcr.io/example/ads:1.0.0',
      port: grpc(9555, { balance: 'client' }),
    });
    new WebService(this, 'catalog', {
      image: 'ghcr.io/example/catalog:1.0.0',
      port: grpc(9000),
      scale: { min: 3, max: 3 },
      env: { ADS: ads.address, LEVEL: differing('debug', 'info') },
    });
    new WebService(this, 'orders', {
      image: `ghcr.io/example/orders@sha256:${'0123456789abcdef'.repeat(4)}`,
      port: http(9090, { servicePort: 80 }),
      health: {
        readiness: { path: '/healthy', headers: { Accept: '*/*' } },
        liveness: '/live',
        startup: { tcp: 9090 },
      },
      size: Size.M,
      scale: { min: 3, max: 10, targetCpuPercent: 60 },
      user: 1234,
      drainSeconds: 20,
      args: ['--verbose'],
      env: {
        ADS: ads.address,
        LEVEL: differing('trace', 'warn'),
        MODE: differing('test', 'live'),
        KEY: secret('orders-key-2'),
      },
      files: { '/etc/keys/signing.pem': secret('signing-key', 'tls.key') },
      migrate: { command: ['bin/orders', 'migrate'] },
      init: { warm: { image: 'ghcr.io/example/orders:1.4.2', args: ['warm'] } },
      scratch: ['/var/cache/nginx'],
      uses: [external('smtp.example.com', 587)],
      expose: { host: '@', paths: ['/', '/api'] },
      annotations: { 'example.com/agent': 'off' },
    });
    new ScheduledJob(this, 'report', {
      image: 'ghcr.io/example/report:1.1.0',
      schedule: '*/10 * * * *',
      retries: 3,
      env: { BUCKET: differing('d', 'p') },
    });
  }
}
