import {
  Application,
  Capacity,
  Dns,
  Environment,
  existing,
  external,
  inCluster,
  KafkaTopic,
  Platform,
  Postgres,
  RabbitMq,
  Redis,
  ScheduledJob,
  Signals,
  WebService,
  Worker,
  type EnvironmentProps,
  type Rendering,
} from '../../lib';

const issuer = { kind: 'ClusterIssuer', name: 'letsencrypt' } as const;
const peers = [{ namespace: 'gateway-system' }];
const cluster = {
  network: { dns: Dns.kubeDns() },
  secretStore: { name: 'vault' },
  capabilities: ['observability', 'reloader', 'keda'],
  capacity: Capacity.asDeclared(),
  providers: { default: inCluster() },
} as const satisfies Partial<EnvironmentProps>;
const gateway = { name: 'public', namespace: 'gateway-system', peers } as const;

/** Environments with certificates of their own, by a ListenerSet, by an Ingress, and without any. */
const environments = [
  new Environment('dev', { ...cluster, domain: 'dev.test', gateway }),
  new Environment('staging', {
    ...cluster,
    domain: 'staging.test',
    gateway: { ...gateway, listenerSet: { issuer } },
    providers: {
      ...cluster.providers,
      postgres: existing({
        engine: 'PostgreSQL of the database team',
        to: [{ cidr: '10.20.0.0/16' }],
        ports: [5432],
        tls: 'required',
      }),
    },
  }),
  new Environment('prod', {
    ...cluster,
    domain: 'prod.test',
    ingress: { className: 'nginx', peers, issuer },
  }),
];

const image = 'x/y:1';

/** Every alert that is about a workload or an environment, and not about an objective. */
export function everyAlert(): Rendering {
  const platform = new Platform({
    environments,
    defaults: {
      signals: Signals.istio(),
      links: { runbook: 'https://runbooks.example.org/{application}/{service}#{alert}' },
    },
    guardrails: { pack: 'strict', without: { 'image-digest-pinned': 'a test' } },
  });
  const app = new Application(platform, 'every-alert', { owner: 'team-a' });
  const db = new Postgres(app, 'orders-db', { version: 16 });
  const broker = new RabbitMq(app, 'broker', { queues: { mails: {} } });
  new WebService(app, 'orders', {
    ...{ image, port: 8080, health: '/ready', expose: { host: 'orders' } },
    scale: { min: 2, max: 10 },
    uses: [db, external('api.stripe.com'), external('smtp.example.com', 587)],
    sidecars: { proxy: { image: 'x/proxy:1' } },
    init: { wait: { image: 'x/wait:1' } },
    migrate: { command: ['migrate'] },
  });
  new WebService(app, 'pages', {
    ...{ image, port: 8080, health: '/ready', expose: { host: 'orders', paths: ['/pages'] } },
    uses: [external('api.stripe.com', 8443), new Redis(app, 'sessions', {})],
  });
  new Worker(app, 'mailer', {
    ...{ image, uses: [broker] },
    scale: { min: 0, max: 3, on: broker.queue('mails').length(50) },
  });
  new Worker(app, 'steady', { image, scale: { min: 2, max: 2 } });
  // As long as names may be, so that those of pods are cut off.
  new Worker(app, `a-name-${'of-many-letters-'.repeat(3)}`.slice(0, 52).replace(/-$/, 'x'), {
    image,
    uses: [new KafkaTopic(app, 'events', { partitions: 3 })],
  });
  new ScheduledJob(app, 'sweep', {
    image,
    schedule: '*/5 * * * *',
    ...{ deadlineSeconds: 240, startingDeadlineSeconds: 60 },
    presence: { stages: ['dev', 'prod'], reason: 'staging has nothing to sweep' },
  });
  new ScheduledJob(app, 'report', { image, schedule: '0 7 * * 1-5', timeZone: 'Europe/Berlin' });
  return platform.render();
}
