import { describe, expect, it } from '@jest/globals';
import {
  Application,
  Bucket,
  Capacity,
  Dns,
  Environment,
  existing,
  KafkaTopic,
  later,
  MySql,
  Platform,
  Postgres,
  RabbitMq,
  Redis,
  ScheduledJob,
  soft,
  WebService,
  Worker,
  type Provider,
  type Providers,
  type ServiceRequest,
} from '../../lib';
import { synthesize, synthesizeIn, type Synthesis } from '../../lib/testing';

const good = { image: 'x/y:1', port: 8080, health: '/ready' } as const;

interface Variable {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: object;
}
interface Pod {
  readonly containers: readonly { readonly name: string; readonly env: readonly Variable[] }[];
  readonly initContainers?: Pod['containers'];
  readonly volumes?: readonly object[];
}

function podOf(synthesis: Synthesis, name = 'orders'): Pod {
  const { spec } = synthesis.find({ kind: 'Deployment', name });
  return (spec as { readonly template: { readonly spec: Pod } }).template.spec;
}
const variables = (env: readonly Variable[] = []): Readonly<Record<string, unknown>> =>
  Object.fromEntries(env.map(({ name, value, valueFrom }) => [name, value ?? valueFrom]));
const secretKey = (name: string, key: string, optional?: true): object => ({
  secretKeyRef: { name, key, ...(optional && { optional }) },
});
const configKey = (name: string, key: string, optional?: true): object => ({
  configMapKeyRef: { name, key, ...(optional && { optional }) },
});

describe('uses: [service] gives the variables by which clients find it', () => {
  it.each<readonly [string, (app: Application) => Postgres, Readonly<Record<string, object>>]>([
    [
      'PostgreSQL',
      (app) => new Postgres(app, 'db', { version: 16 }),
      {
        PGHOST: secretKey('db-app', 'host'),
        PGPORT: secretKey('db-app', 'port'),
        PGDATABASE: secretKey('db-app', 'dbname'),
        PGUSER: secretKey('db-app', 'username'),
        PGPASSWORD: secretKey('db-app', 'password'),
        PGSSLMODE: secretKey('db-app', 'sslmode', true),
      },
    ],
    [
      'MySQL',
      (app) => new MySql(app, 'db', {}) as unknown as Postgres,
      {
        MYSQL_HOST: secretKey('db-app', 'host'),
        MYSQL_PORT: secretKey('db-app', 'port'),
        MYSQL_DATABASE: secretKey('db-app', 'dbname'),
        MYSQL_USER: secretKey('db-app', 'username'),
        MYSQL_PASSWORD: secretKey('db-app', 'password'),
        MYSQL_TLS: secretKey('db-app', 'tls'),
      },
    ],
    [
      'Redis',
      (app) => new Redis(app, 'cache', {}) as unknown as Postgres,
      {
        REDIS_URL: secretKey('cache-redis', 'uri'),
        REDIS_HOST: secretKey('cache-redis', 'host'),
        REDIS_PORT: secretKey('cache-redis', 'port'),
        REDIS_USERNAME: secretKey('cache-redis', 'username', true),
        REDIS_PASSWORD: secretKey('cache-redis', 'password', true),
        REDIS_TLS: secretKey('cache-redis', 'tls'),
      },
    ],
    [
      'RabbitMQ',
      (app) => new RabbitMq(app, 'broker', { queues: { a: {} } }) as unknown as Postgres,
      {
        AMQP_URL: secretKey('broker-default-user', 'connection_string'),
        AMQP_HOST: secretKey('broker-default-user', 'host'),
        AMQP_PORT: secretKey('broker-default-user', 'port'),
        AMQP_USERNAME: secretKey('broker-default-user', 'username'),
        AMQP_PASSWORD: secretKey('broker-default-user', 'password'),
        AMQP_TLS: secretKey('broker-default-user', 'tls', true),
      },
    ],
    [
      'Kafka',
      (app) => new KafkaTopic(app, 'events', {}) as unknown as Postgres,
      {
        KAFKA_BOOTSTRAP_SERVERS: secretKey('events-kafka', 'bootstrapServers'),
        KAFKA_SECURITY_PROTOCOL: secretKey('events-kafka', 'securityProtocol'),
        KAFKA_TOPIC: secretKey('events-kafka', 'topic'),
        KAFKA_SASL_MECHANISM: secretKey('events-kafka', 'saslMechanism', true),
        KAFKA_USERNAME: secretKey('events-kafka', 'username', true),
        KAFKA_PASSWORD: secretKey('events-kafka', 'password', true),
      },
    ],
    [
      'S3',
      (app) => new Bucket(app, 'files', {}) as unknown as Postgres,
      {
        S3_BUCKET: configKey('files-bucket', 'bucket'),
        AWS_REGION: configKey('files-bucket', 'region'),
        AWS_ENDPOINT_URL_S3: configKey('files-bucket', 'endpoint', true),
        S3_FORCE_PATH_STYLE: configKey('files-bucket', 'forcePathStyle', true),
        AWS_ACCESS_KEY_ID: secretKey('files-bucket-credentials', 'accessKeyId', true),
        AWS_SECRET_ACCESS_KEY: secretKey('files-bucket-credentials', 'secretAccessKey', true),
      },
    ],
  ])('of %s', (_, make, expected) => {
    const synthesis = synthesizeIn((app) => {
      const service = make(app);
      new WebService(app, 'orders', { ...good, uses: [service] });
    });
    expect(synthesis.problems).toEqual([]);
    const { HOME, ...env } = variables(podOf(synthesis).containers[0]?.env);
    expect([HOME, env]).toEqual(['/tmp', expected]);
  });

  it('to the main container and to init containers, and none to sidecars; what a container gives itself holds', () => {
    const synthesis = synthesizeIn((app) => {
      const db = new Postgres(app, 'db', { version: 16 });
      new WebService(app, 'orders', {
        ...good,
        uses: [db],
        env: { PGHOST: 'pooler' },
        init: { migrate: { image: 'x/y:1' } },
        sidecars: { proxy: { image: 'x/p:1' } },
      });
    });
    expect(synthesis.problems).toEqual([]);
    const { containers, initContainers = [] } = podOf(synthesis);
    const env = Object.fromEntries(
      [...containers, ...initContainers].map((each) => [each.name, variables(each.env)]),
    );
    expect(env.orders?.PGHOST).toBe('pooler');
    expect(env.migrate?.PGHOST).toEqual(secretKey('db-app', 'host'));
    expect(env.proxy).not.toHaveProperty('PGHOST');
  });

  it('to workers and scheduled jobs too', () => {
    const synthesis = synthesizeIn((app) => {
      const db = new Postgres(app, 'db', { version: 16 });
      new Worker(app, 'mailer', { image: 'x/y:1', uses: [db] });
      new ScheduledJob(app, 'report', { image: 'x/y:1', schedule: '0 3 * * *', uses: [db] });
    });
    expect(synthesis.problems).toEqual([]);
    expect(synthesis.model.edges.map(({ from, to, kind }) => [from, to, kind])).toEqual([
      ['mailer', 'db', 'backing-service'],
      ['report', 'db', 'backing-service'],
    ]);
  });
});

describe('a reference to a backing service', () => {
  it('is the dependency, hard unless it is said to be soft, and may come later', () => {
    const synthesis = synthesizeIn((app) => {
      const cache = new Redis(app, 'cache', {});
      new WebService(app, 'orders', {
        ...good,
        env: { DATABASE_URL: later(() => db.uri), CACHE: soft(cache.address) },
      });
      new WebService(app, 'ads', { ...good, uses: [soft(cache)] });
      new WebService(app, 'mails', { ...good, uses: [cache], env: { CACHE: soft(cache.uri) } });
      const db = new Postgres(app, 'db', { version: 16 });
    });
    expect(synthesis.problems).toEqual([]);
    expect(synthesis.model.edges).toEqual([
      { from: 'ads', to: 'cache', kind: 'backing-service', port: 6379, soft: true },
      { from: 'mails', to: 'cache', kind: 'backing-service', port: 6379, soft: false },
      { from: 'orders', to: 'cache', kind: 'backing-service', port: 6379, soft: true },
      { from: 'orders', to: 'db', kind: 'backing-service', port: 5432, soft: false },
    ]);
  });

  it('is a file where its certificate is wanted as one, and a pod starts without it where it may be missing', () => {
    const synthesis = synthesizeIn((app) => {
      const db = new Postgres(app, 'db', { version: 16 });
      const files = { '/etc/db/ca.crt': db.key('ca.crt') };
      new WebService(app, 'orders', { ...good, files });
    });
    expect(synthesis.problems).toEqual([]);
    const items = [{ key: 'ca.crt', path: 'ca.crt' }];
    expect(podOf(synthesis).volumes).toContainEqual({
      name: 'files-orders-0',
      projected: {
        defaultMode: 0o440,
        sources: [{ secret: { name: 'db-app', items, optional: true } }],
      },
    });
  });
});

/** A provider that remembers what it was asked for. */
function asked(): { readonly provider: Provider; readonly requests: ServiceRequest[] } {
  const stock = existing({
    ...{ engine: 'x', to: [{ cidr: '192.0.2.1/32' }], ports: [5433], tls: 'none' },
  });
  const requests: ServiceRequest[] = [];
  const supply = stock.supplies.postgres;
  const provider: Provider = {
    name: 'asked()',
    supplies: {
      ...(supply && {
        postgres: (request) => {
          requests.push(request);
          return supply(request);
        },
      }),
    },
  };
  return { provider, requests };
}

describe('an environment', () => {
  const facts = { network: { dns: Dns.kubeDns() }, capabilities: ['reloader'] } as const;
  const database = (platform: Platform): void => {
    const app = new Application(platform, 'shop', { owner: 'team-a' });
    const db = new Postgres(app, 'orders-db', { version: 16 });
    new WebService(app, 'orders', { ...good, uses: [db] });
    new WebService(app, 'ads', good);
  };

  it('asks the provider of the service, else of the kind, else of all', () => {
    const [one, kind, all] = [asked(), asked(), asked()];
    const environment = (name: string, providers: Providers) =>
      new Environment(name, { ...facts, capacity: Capacity.single(), providers });
    synthesize(
      database,
      () =>
        new Platform({
          environments: [
            environment('a', {
              'shop/orders-db': one.provider,
              postgres: kind.provider,
              default: all.provider,
            }),
            environment('b', { postgres: kind.provider, default: all.provider }),
            environment('c', { 'other/orders-db': one.provider, default: all.provider }),
          ],
        }),
    );
    const places = [one, kind, all].map(({ requests }) => requests.map((each) => each.environment));
    expect(places).toEqual([['a'], ['b'], ['c']]);
  });

  it('tells it who calls, and how many instances there is room for', () => {
    const { provider, requests } = asked();
    const environments = [
      new Environment('dev', {
        ...facts,
        capacity: Capacity.single(),
        providers: { default: provider },
      }),
      new Environment('prod', {
        ...facts,
        capacity: Capacity.asDeclared(),
        providers: { default: provider },
      }),
    ];
    synthesize(database, () => new Platform({ environments }));
    expect(requests.map(({ instances }) => instances(3))).toEqual([1, 3]);
    expect(requests[0]?.callers.map(({ name }) => name)).toEqual(['orders']);
  });

  it('opens the network from those who use the service to where it is, and tells of it in the model', () => {
    const { provider } = asked();
    const environment = new Environment('dev', {
      ...facts,
      capacity: Capacity.single(),
      providers: { default: provider },
    });
    const synthesis = synthesize(database, () => new Platform({ environments: [environment] }));
    expect(synthesis.problems).toEqual([]);
    const policies = synthesis
      .objects('dev')
      .filter(({ metadata }) => metadata.name.endsWith('-allow-backing-services'));
    expect(policies).toHaveLength(1);
    expect(policies[0]?.spec).toEqual({
      podSelector: {
        matchLabels: {
          'app.kubernetes.io/name': 'orders',
          'app.kubernetes.io/part-of': 'shop',
        },
      },
      policyTypes: ['Egress'],
      egress: [
        {
          to: [{ ipBlock: { cidr: '192.0.2.1/32' } }],
          ports: [{ protocol: 'TCP', port: 5433 }],
        },
      ],
    });
    const [service] = synthesis.model.services;
    expect(service).toMatchObject({
      kind: 'postgres',
      name: 'orders-db',
      version: 16,
      database: 'orders_db',
      deletionPolicy: 'retain',
      size: 'S',
    });
    expect(synthesis.model.environments[0]?.services['orders-db']).toMatchObject({
      provider: 'asked()',
      engine: 'x',
      tls: 'none',
      gives: {
        'Secret/orders-db-app': ['host', 'port', 'dbname', 'username', 'password', 'uri'],
      },
    });
  });
});
