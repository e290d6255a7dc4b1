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
  Size,
  Worker,
} from '../../../../lib';
import { synthesize } from '../../../../lib/testing';

const image = `registry.example.com/shipper@sha256:${'a'.repeat(64)}`;
const backup = {
  destinationPath: 's3://backups/prod',
  endpointUrl: 'https://s3.example.com',
  credentials: 'backup',
};

/** The names that are taken twice in an application. */
function taken(make: (app: Application) => unknown): readonly string[] {
  const environment = new Environment('dev', {
    network: { dns: Dns.kubeDns(), metrics: [{ namespace: 'monitoring' }] },
    capacity: Capacity.asDeclared(),
    capabilities: ['observability'],
    providers: { default: inCluster({ backup }) },
  });
  return synthesize(
    (platform) => make(new Application(platform, 'shop', { owner: 'team-a' })),
    () => new Platform({ environments: [environment] }),
  )
    .problems.filter(({ code }) => code === 'ObjectNameTaken')
    .map(({ found }) => found);
}

describe('what inCluster() and its operators make', () => {
  it('does not meet, of every kind, named as what they share', () => {
    const all = (app: Application): void => {
      const uses = [
        new Postgres(app, 'orders', { version: 16, size: Size.M }),
        new MySql(app, 'legacy', { size: Size.M }),
        new Redis(app, 'redis', { durable: true }),
        new RabbitMq(app, 'rabbitmq', { queues: { orders: {} } }),
        new RabbitMq(app, 'broker', { queues: { orders: {} } }),
        new KafkaTopic(app, 'kafka', {}),
        new KafkaTopic(app, 'events', {}),
        new Bucket(app, 'seaweedfs', {}),
        new Bucket(app, 'pictures', {}),
      ];
      for (const [index, service] of uses.entries()) {
        new Worker(app, `worker-${index}`, { image, uses: [service] });
      }
      new Worker(app, 'events-kafka', { image });
    };
    expect(taken(all)).toEqual([]);
  });

  it.each<readonly [string, (app: Application) => unknown, string]>([
    [
      'CloudNativePG',
      (app) => [
        new Postgres(app, 'orders', { version: 16, size: Size.M }),
        new Redis(app, 'orders-rw', {}),
      ],
      'Service/orders-rw is made for orders, by what inCluster() runs and for orders-rw',
    ],
    [
      'the MariaDB operator',
      (app) => [new MySql(app, 'orders', {}), new Redis(app, 'orders-internal', {})],
      'Service/orders-internal is made for orders, by what inCluster() runs and for orders-internal',
    ],
    [
      'RabbitMQ',
      (app) => [
        new RabbitMq(app, 'orders', { queues: {} }),
        new RabbitMq(app, 'orders-broker', { queues: {} }),
      ],
      'Secret/orders-broker-default-user is made for orders, by what inCluster() runs and for orders-broker, by what inCluster() runs',
    ],
    [
      'Strimzi',
      (app) => [new KafkaTopic(app, 'events', {}), new Worker(app, 'kafka-kafka', { image })],
      'ServiceAccount/kafka-kafka is made for the application, by what inCluster() runs',
    ],
    [
      'SeaweedFS',
      (app) => [new Bucket(app, 'pictures', {}), new Redis(app, 'seaweedfs-s3', {})],
      'Service/seaweedfs-s3 is made for the application, by what inCluster() runs and for seaweedfs-s3',
    ],
  ])('belongs to %s alone', (_, make, expected) => {
    expect(taken(make).join('\n')).toContain(expected);
  });
});
