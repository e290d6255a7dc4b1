import type { Construct } from 'constructs';
import {
  aws,
  Bucket,
  existing,
  MySql,
  Postgres,
  RabbitMq,
  Redis,
  Size,
  type BackingService,
  type ExistingProps,
  type Providers,
} from '../../lib';
import { wholeAwsAccount } from '../accounts';

const brokers = {
  engine: 'brokers of the platform team',
  to: [{ namespace: 'brokers' }],
  ports: [5672, 9093],
  tls: 'required',
} as const satisfies ExistingProps;

/** What AWS has not, somebody else has made. */
export const fromAws: Providers = {
  default: aws(wholeAwsAccount),
  'everything/broker': existing({ ...brokers, keys: ['ca.crt'], entry: 'broker' }),
  'kafka-topic': existing({
    ...brokers,
    saslMechanism: 'SCRAM-SHA-512',
    keys: ['username', 'password', 'saslMechanism', 'ssl.truststore.crt'],
  }),
};

export const fromOthers: Providers = {
  default: existing({
    engine: 'what others made',
    to: [{ cidr: '10.30.0.0/16' }],
    ports: [3306, 5432, 5672, 6379, 9093],
    tls: 'none',
    values: { bucket: 'files', region: 'eu-central-1' },
  }),
};

/** One of each kind that every environment has, small and large, kept and not. */
export function addBackingServices(scope: Construct): readonly BackingService[] {
  return [
    new Postgres(scope, 'orders-db', { version: 16, extensions: ['pgcrypto'], size: Size.M }),
    new MySql(scope, 'wiki-db', { deletionPolicy: 'delete' }),
    new Redis(scope, 'sessions', { durable: true, size: Size.L }),
    new RabbitMq(scope, 'jobs', {
      queues: { 'orders.created': { messageTtlSeconds: 60 }, mails: { type: 'classic' } },
      exchanges: { events: { type: 'topic' } },
      bindings: [{ exchange: 'events', queue: 'orders.created', routingKey: 'orders.*' }],
      size: Size.M,
    }),
    new Bucket(scope, 'files', { expireDays: 30 }),
  ];
}
