import {
  Bucket,
  inCluster,
  KafkaTopic,
  MySql,
  Postgres,
  RabbitMq,
  Redis,
  Size,
  Worker,
  type Application,
  type InClusterProps,
  type Providers,
} from '../../lib';

/** Everything that inCluster() can be told, in two ways. */
const stored: InClusterProps = {
  storageClass: 'fast',
  backup: {
    destinationPath: 's3://backups/all',
    endpointUrl: 'https://s3.example.com',
    credentials: 'backup',
    entry: 'platform/backup',
    generation: 2,
  },
};
const shared: InClusterProps = {
  backup: { volumeSnapshotClass: 'snapshots' },
  s3: { cluster: 'objects', namespace: 'storage' },
};
export const inClusters = {
  stored: { default: inCluster(stored) },
  shared: { default: inCluster(shared) },
} as const satisfies Record<string, Providers>;

/** Backing services of each kind, in the sizes that every environment has, and two workloads that use them. */
export function everyService(app: Application): void {
  const place = { size: Size.M } as const;
  new Worker(app, 'shipper', {
    image: 'ghcr.io/example/shipper:1.0.0',
    uses: [
      new Postgres(app, 'orders-db', { ...place, version: 16, extensions: ['pgcrypto'] }),
      new MySql(app, 'legacy-db', place),
      new Redis(app, 'sessions', { ...place, durable: true }),
      new RabbitMq(app, 'bus', {
        ...place,
        queues: { orders: { messageTtlSeconds: 600 }, Mail_out: { type: 'classic' } },
        exchanges: { events: { type: 'topic' } },
        bindings: [{ exchange: 'events', queue: 'orders', routingKey: 'order.*' }],
      }),
      new KafkaTopic(app, 'clicks', { ...place, compacted: true }),
      new Bucket(app, 'invoices', { ...place, expireDays: 30 }),
    ],
  });
  const cache = new Redis(app, 'page-cache', { deletionPolicy: 'delete' });
  const second = new KafkaTopic(app, 'orders-topic', { deletionPolicy: 'delete' });
  const pictures = new Bucket(app, 'pictures', { deletionPolicy: 'delete', versioned: false });
  new Worker(app, 'packer', {
    image: 'ghcr.io/example/packer:1.0.0',
    env: { CACHE: cache.uri, TOPIC: second.key('topic'), PICTURES: pictures.key('bucket') },
  });
}

/** The kinds that they bring along. */
export const kindsOfServices: readonly string[] = [
  'Binding',
  'Bucket',
  'BucketLifecyclePolicy',
  'Cluster',
  'Database',
  'Exchange',
  'Kafka',
  'KafkaNodePool',
  'KafkaTopic',
  'KafkaUser',
  'MariaDB',
  'ObjectStore',
  'Password',
  'Permission',
  'PhysicalBackup',
  'Queue',
  'RabbitmqCluster',
  'S3Credentials',
  'S3Identity',
  'S3Policy',
  'S3PolicyBinding',
  'ScheduledBackup',
  'Seaweed',
  'SecretStore',
  'StatefulSet',
  'User',
];
