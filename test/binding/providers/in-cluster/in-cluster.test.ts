import { describe, expect, it } from '@jest/globals';
import {
  Application,
  Bucket,
  Capacity,
  Dns,
  Environment,
  inCluster,
  KafkaTopic,
  MySql,
  Platform,
  Postgres,
  RabbitMq,
  Redis,
  serviceKinds,
  serviceSizes,
  Size,
  Worker,
  type InClusterProps,
  type ServiceKind,
} from '../../../../lib';
import { providerChecks, synthesize, type Synthesis } from '../../../../lib/testing';
import { manifestsOf, single, specOf } from '../requests';
import { refusals, supplied, type Wish } from './requests';

const store: InClusterProps = {
  backup: {
    destinationPath: 's3://backups/prod',
    endpointUrl: 'https://s3.example.com',
    credentials: 'backup',
  },
};
const seaweed: InClusterProps = { s3: { cluster: 'objects', namespace: 'storage' } };

describe('inCluster() keeps what every provider must', () => {
  it.each(providerChecks(inCluster()))('with stock facts: $kind $name', ({ findings }) => {
    expect(findings).toEqual([]);
  });

  it.each(providerChecks(inCluster({ ...store, ...seaweed, storageClass: 'fast' })))(
    'with backup and a SeaweedFS of the platform: $kind $name',
    ({ findings }) => {
      expect(findings).toEqual([]);
    },
  );

  it.each(providerChecks(inCluster({ backup: { volumeSnapshotClass: 'snapshots' } }), single))(
    'with snapshots, where there is room for one: $kind $name',
    ({ findings }) => {
      expect(findings).toEqual([]);
    },
  );
});

describe('inCluster() refuses', () => {
  it.each<readonly [string, ServiceKind, Wish, readonly string[]]>([
    [
      'a version of PostgreSQL that it does not have',
      'postgres',
      { props: { version: 19 } },
      [
        'it wants PostgreSQL 19, and inCluster() has 14 to 18. Ask for one of these, or give it another provider.',
      ],
    ],
    [
      'an extension that the image does not have',
      'postgres',
      { props: { extensions: ['pgcrypto', 'postgis'] } },
      [
        'it wants the extension postgis, which the stock image of PostgreSQL 16 does not have. Leave it out, or give inCluster() an image that has it as images.postgres[16].',
      ],
    ],
    [
      'an extension that another version has',
      'postgres',
      { props: { version: 17, extensions: ['adminpack', 'pg_walinspect', 'pg_logicalinspect'] } },
      [
        'it wants the extension adminpack, which the stock image of PostgreSQL 17 does not have. Leave it out, or give inCluster() an image that has it as images.postgres[17].',
        'it wants the extension pg_logicalinspect, which the stock image of PostgreSQL 17 does not have. Leave it out, or give inCluster() an image that has it as images.postgres[17].',
      ],
    ],
    [
      'a large PostgreSQL without backup',
      'postgres',
      { size: 'L' },
      [
        'it is PostgreSQL of size L, and inCluster() has no backup for it. Give inCluster() backup, or give it another provider.',
      ],
    ],
    [
      'a large MariaDB without backup, and MySQL itself',
      'mysql',
      { size: 'XL', props: { version: '8.4' } },
      [
        'it wants MySQL 8.4, and inCluster() has MariaDB 11.8. Leave version out if MariaDB will do, or give it another provider.',
        'it is MariaDB of size XL, and inCluster() has no backup for it. Give inCluster() backup, or give it another provider.',
      ],
    ],
    [
      'a newer Redis than Valkey speaks, and a large one',
      'redis',
      { size: 'L', props: { version: 8 } },
      [
        'it wants Redis 8, and inCluster() has Valkey 8, which speaks Redis up to 7. Ask for version 7, or give it another provider.',
        'it is of size L, and inCluster() has one Valkey without failover, of sizes XS to M. Ask for Size.M, or give it another provider.',
      ],
    ],
    [
      'a large bucket without a SeaweedFS of the platform',
      'bucket',
      { size: 'L' },
      [
        'it is of size L, and inCluster() has one SeaweedFS without replicas, of sizes XS to M. Give inCluster() s3, a SeaweedFS that the platform runs, or give it another provider.',
      ],
    ],
  ])('%s', (_, kind, wish, expected) => {
    expect(refusals(kind, wish)).toEqual(expected);
  });

  it('nothing of that when it was given what is missing', () => {
    const images = { postgres: { 16: 'registry.example.com/postgis:16.10' } };
    const extensions = { options: { images }, props: { extensions: ['postgis'] } };
    expect(refusals('postgres', extensions)).toEqual([]);
    for (const size of ['L', 'XL'] as const) {
      expect(refusals('postgres', { size, options: store })).toEqual([]);
      expect(refusals('mysql', { size, options: store })).toEqual([]);
      expect(refusals('bucket', { size, options: seaweed })).toEqual([]);
    }
  });
});

describe('inCluster() is highly available from size M on, where there is room', () => {
  const counts: Readonly<Record<string, (wish: Wish) => unknown>> = {
    postgres: (wish) =>
      (specOf(supplied('postgres', wish), 'Cluster') as { instances: number }).instances,
    mysql: (wish) => (specOf(supplied('mysql', wish), 'MariaDB') as { replicas: number }).replicas,
    rabbitmq: (wish) =>
      (specOf(supplied('rabbitmq', wish), 'RabbitmqCluster') as { replicas: number }).replicas,
    'kafka-topic': (wish) =>
      (specOf(supplied('kafka-topic', wish), 'KafkaNodePool') as { replicas: number }).replicas,
  };
  const two = { instances: (wanted: number): number => Math.min(wanted, 2) };

  it.each<readonly [ServiceKind, readonly number[], readonly number[], readonly number[]]>([
    ['postgres', [1, 1, 3, 3, 3], [1, 1, 1, 1, 1], [1, 1, 2, 2, 2]],
    ['mysql', [1, 1, 3, 3, 3], [1, 1, 1, 1, 1], [1, 1, 1, 1, 1]],
    ['rabbitmq', [1, 1, 3, 3, 3], [1, 1, 1, 1, 1], [1, 1, 1, 1, 1]],
    // One for all topics of an application, whatever their sizes.
    ['kafka-topic', [3, 3, 3, 3, 3], [1, 1, 1, 1, 1], [1, 1, 1, 1, 1]],
  ])('%s', (kind, declared, alone, cut) => {
    for (const [facts, expected] of [
      [{}, declared],
      [single, alone],
      [two, cut],
    ] as const) {
      const wishes = serviceSizes.map((size): Wish => ({ size, facts, options: store }));
      expect(wishes.map((wish) => counts[kind]?.(wish))).toEqual(expected);
      expect(wishes.map((wish) => supplied(kind, wish).statement.highlyAvailable)).toEqual(
        expected.map((count) => count > 1),
      );
    }
  });
});

describe('the instances of inCluster()', () => {
  const hosts: Readonly<Record<string, readonly [kind: string, at: string, pods: object]>> = {
    mysql: [
      'MariaDB',
      'affinity',
      { 'app.kubernetes.io/name': 'mariadb', 'app.kubernetes.io/instance': 'orders-db' },
    ],
    rabbitmq: ['RabbitmqCluster', 'affinity', { 'app.kubernetes.io/name': 'orders-db-broker' }],
    'kafka-topic': ['KafkaNodePool', 'template.pod.affinity', { 'strimzi.io/name': 'kafka-kafka' }],
  };

  it.each(['mysql', 'rabbitmq', 'kafka-topic'] as const)(
    'of %s want nodes of their own',
    (kind) => {
      const [object = '', at = '', matchLabels = {}] = hosts[kind] ?? [];
      const several = specOf(supplied(kind, { size: 'M' }), object);
      expect(several).toHaveProperty(at, {
        podAntiAffinity: {
          preferredDuringSchedulingIgnoredDuringExecution: [
            {
              weight: 100,
              podAffinityTerm: {
                topologyKey: 'kubernetes.io/hostname',
                labelSelector: { matchLabels },
              },
            },
          ],
        },
      });
      expect(specOf(supplied(kind, { size: 'M', facts: single }), object)).not.toHaveProperty(at);
    },
  );
});

describe('sizes', () => {
  it('are the platform team’s to say', () => {
    const options = { sizes: { S: { cpu: '2', memory: '3Gi', storage: '7Gi' } } };
    const cluster = specOf(supplied('postgres', { options }), 'Cluster');
    expect(cluster).toMatchObject({
      resources: { requests: { cpu: '2', memory: '3Gi' }, limits: { memory: '3Gi' } },
      storage: { size: '7Gi' },
      postgresql: { parameters: { shared_buffers: '768MB' } },
    });
  });
});

describe('the data', () => {
  const heldBy: Readonly<Record<ServiceKind, readonly string[]>> = {
    postgres: ['Cluster', 'NetworkPolicy', 'ObjectStore'],
    mysql: ['ExternalSecret', 'MariaDB', 'NetworkPolicy', 'Password'],
    redis: [],
    rabbitmq: ['ExternalSecret', 'NetworkPolicy', 'Password', 'Queue', 'RabbitmqCluster'],
    'kafka-topic': ['Kafka', 'KafkaNodePool', 'KafkaTopic', 'NetworkPolicy'],
    bucket: ['Bucket', 'NetworkPolicy', 'Seaweed'],
  };
  const keptIn = (kind: ServiceKind, wish: Wish): readonly string[] => {
    const kept = manifestsOf(supplied(kind, wish)).filter(
      ({ metadata }) => metadata.annotations?.['kustomize.toolkit.fluxcd.io/prune'] === 'disabled',
    );
    return [...new Set(kept.map((manifest) => manifest.kind))].sort();
  };

  it.each(serviceKinds)('of %s is kept, with what guards it', (kind) => {
    expect(keptIn(kind, { options: store })).toEqual(heldBy[kind]);
  });

  it('goes where it may, and what others share stays', () => {
    const deleted = (kind: ServiceKind): readonly string[] =>
      keptIn(kind, { deletionPolicy: 'delete' });
    expect(serviceKinds.map(deleted)).toEqual([
      [],
      [],
      [],
      [],
      ['Kafka', 'KafkaNodePool', 'NetworkPolicy'],
      ['NetworkPolicy', 'Seaweed'],
    ]);
  });
});

const services = (
  app: Application,
): readonly (Postgres | MySql | Redis | RabbitMq | KafkaTopic | Bucket)[] => [
  new Postgres(app, 'orders-db', { version: 16, size: Size.M }),
  new MySql(app, 'legacy-db', { size: Size.M }),
  new Redis(app, 'sessions', { size: Size.M, durable: true }),
  new Redis(app, 'pages', {}),
  new RabbitMq(app, 'broker', { queues: { orders: {} } }),
  new KafkaTopic(app, 'clicks', {}),
  new KafkaTopic(app, 'views', { size: Size.XL, deletionPolicy: 'delete' }),
  new Bucket(app, 'invoices', {}),
  new Bucket(app, 'pictures', { deletionPolicy: 'delete' }),
];

function inEnvironment(
  options: InClusterProps | undefined,
  use: boolean,
  capabilities: readonly 'observability'[] = ['observability'],
): Synthesis {
  const environment = new Environment('dev', {
    network: { dns: Dns.kubeDns(), metrics: [{ namespace: 'monitoring' }] },
    capacity: Capacity.asDeclared(),
    secretStore: { name: 'vault' },
    capabilities,
    providers: { default: inCluster(options) },
  });
  return synthesize(
    (platform) => {
      const app = new Application(platform, 'shop', { owner: 'team-a' });
      const all = services(app);
      new Worker(app, 'shipper', {
        image: `registry.example.com/shipper@sha256:${'a'.repeat(64)}`,
        env: use
          ? Object.fromEntries(
              all.flatMap(({ variables }, index) =>
                Object.entries(variables).map(([name, value]) => [`${name}_${index}`, value]),
              ),
            )
          : {},
      });
    },
    () => new Platform({ environments: [environment], guardrails: { pack: 'strict' } }),
  );
}

describe('an application with every kind', () => {
  it.each([
    ['used', true],
    ['without a caller', false],
  ])('passes the strict guardrails, %s', (_, use) => {
    // The stock image is pinned by its tag; a digest is the platform's to say.
    const images = { valkey: `docker.io/valkey/valkey@sha256:${'a'.repeat(64)}` };
    expect(inEnvironment({ images }, use).problems).toEqual([]);
  });

  it('has one Kafka and one SeaweedFS', () => {
    const kinds = inEnvironment(undefined, true)
      .objects('dev')
      .map(({ kind }) => kind);
    for (const kind of ['Kafka', 'KafkaNodePool', 'Seaweed']) {
      expect(kinds.filter((each) => each === kind)).toHaveLength(1);
    }
    expect(kinds.filter((each) => each === 'KafkaTopic')).toHaveLength(2);
  });

  it('is monitored where the Prometheus operator is', () => {
    const monitors = (of: Synthesis): readonly string[] =>
      of
        .objects('dev')
        .filter(({ kind }) => kind === 'PodMonitor')
        .map(({ metadata }) => metadata.name)
        .sort();
    expect(monitors(inEnvironment(undefined, true))).toEqual([
      'broker',
      'kafka-exporter',
      'orders-db',
    ]);
    expect(monitors(inEnvironment(undefined, true, []))).toEqual([]);
  });

  it('makes no pod of an operator look like a workload', () => {
    const copied = inEnvironment(undefined, true)
      .objects('dev')
      .filter(({ kind }) => ['Cluster', 'MariaDB', 'RabbitmqCluster', 'Seaweed'].includes(kind))
      .map(({ spec }) => JSON.stringify(spec));
    expect(copied).toHaveLength(4);
    for (const text of copied) expect(text).not.toContain('part-of');
  });
});

describe('the facts of inCluster()', () => {
  const found = (facts: unknown): readonly string[] =>
    (inCluster(facts as InClusterProps).check?.('providers.default') ?? []).map(
      (refusal) => `${refusal.found}. ${refusal.fix}.`,
    );

  it('are checked', () => {
    expect(
      found({ ...store, ...seaweed, images: { valkey: 'x/y:1', postgres: { 16: 'x/y:1' } } }),
    ).toEqual([]);
    expect(
      found({
        storageclass: 'fast',
        backup: { destinationPath: 'backups', credentials: 'backup' },
        s3: { cluster: 'objects' },
        operators: { cloudNativePg: 'CNPG' },
        images: { valkey: 'valkey', postgres: { 13: 'x/y:13' } },
        sizes: { M: { cpu: '1', memory: '64Mi', storage: '1Gi' }, XXL: {} },
      }),
    ).toEqual([
      'there is no prop providers.default.storageclass. Write storageClass.',
      "providers.default.backup.destinationPath is 'backups'. Give a bucket and a path such as 's3://backups/dev'.",
      "providers.default.backup.endpointUrl is missing. Give an address such as 'https://s3.eu-central-1.amazonaws.com'.",
      'providers.default.s3.namespace is missing. Give the name of a namespace.',
      "providers.default.operators.cloudNativePg is 'CNPG'. Give the name of a namespace.",
      'there is no prop providers.default.images.postgres.13. Write 14.',
      "providers.default.images.valkey is 'valkey'. Give a version tag or a digest.",
      'there is no prop providers.default.sizes.XXL. Write XL.',
      "providers.default.sizes.M.memory is '64Mi'. Give memory of at least 128Mi, such as '2Gi'.",
    ]);
    expect(found({ backup: { volumeSnapshotClass: '' } })).toEqual([
      "providers.default.backup.volumeSnapshotClass is ''. Give the name of a VolumeSnapshotClass.",
    ]);
    expect(found(null)).toEqual(['providers.default is null. Give the facts of inCluster().']);
  });
});
