/** The kinds of backing services, each with a wire protocol of its own. */
export const serviceKinds = [
  'postgres',
  'mysql',
  'redis',
  'rabbitmq',
  'kafka-topic',
  'bucket',
] as const;
export type ServiceKind = (typeof serviceKinds)[number];

/** The sizes of backing services. What a size is made of is the provider's to say. */
export const serviceSizes = ['XS', 'S', 'M', 'L', 'XL'] as const;
export type ServiceSize = (typeof serviceSizes)[number];

/** What happens to the data when the service is taken out of the application. */
export type DeletionPolicy = 'retain' | 'delete';

/** One key of the Secret or ConfigMap by which workloads reach a backing service. */
export interface ServiceOutput {
  readonly from: 'Secret' | 'ConfigMap';
  /** The name of the Secret or ConfigMap, the same in every environment. */
  readonly object: string;
  readonly key: string;
  /** Whether a provider may leave it out, as credentials are where the workload's identity is enough. */
  readonly optional: boolean;
}

/** What every contract of a backing service has. */
export interface ServiceFacts {
  readonly name: string;
  /** The construct path. */
  readonly path: string;
  readonly size: ServiceSize;
  readonly deletionPolicy: DeletionPolicy;
  /** What workloads may read, by key. */
  readonly outputs: Readonly<Record<string, ServiceOutput>>;
}

export interface PostgresModel extends ServiceFacts {
  readonly kind: 'postgres';
  /** The major version. */
  readonly version: number;
  readonly database: string;
  readonly extensions: readonly string[];
}

export interface MySqlModel extends ServiceFacts {
  readonly kind: 'mysql';
  /** A version of MySQL; without one any server that speaks its protocol will do. */
  readonly version?: string;
  readonly database: string;
}

export interface RedisModel extends ServiceFacts {
  readonly kind: 'redis';
  /** The major version of Redis whose commands are used. */
  readonly version: number;
  /** Whether its content must outlive a restart. */
  readonly durable: boolean;
}

/** A queue, and what becomes of messages that nobody could take. */
export interface QueueModel {
  readonly name: string;
  readonly type: 'quorum' | 'classic';
  /** The queue of dead letters, made along. */
  readonly deadLetter?: string;
  readonly messageTtlSeconds?: number;
  readonly deliveryLimit?: number;
}

export interface ExchangeModel {
  readonly name: string;
  readonly type: 'direct' | 'fanout' | 'topic' | 'headers';
}

export interface QueueBindingModel {
  readonly exchange: string;
  readonly queue: string;
  readonly routingKey: string;
}

export interface RabbitMqModel extends ServiceFacts {
  readonly kind: 'rabbitmq';
  readonly queues: readonly QueueModel[];
  readonly exchanges: readonly ExchangeModel[];
  readonly bindings: readonly QueueBindingModel[];
}

export interface KafkaTopicModel extends ServiceFacts {
  readonly kind: 'kafka-topic';
  readonly topic: string;
  readonly partitions: number;
  readonly retentionHours: number;
  readonly compacted: boolean;
}

export interface BucketModel extends ServiceFacts {
  readonly kind: 'bucket';
  readonly versioned: boolean;
  /** After how many days objects are removed; without it they stay. */
  readonly expireDays?: number;
}

/** A backing service as the rest of the library sees it: what a team asked for, which is the same in every environment. */
export type BackingServiceModel =
  PostgresModel | MySqlModel | RedisModel | RabbitMqModel | KafkaTopicModel | BucketModel;

/** The contract of one kind. */
export type ModelOf<K extends ServiceKind> = Extract<BackingServiceModel, { readonly kind: K }>;

/** The series that tells whether a backing service can be used: alerts name it as a cause. */
export interface AvailabilitySignal {
  /** Who offers the series: an operator's own metrics, or an exporter that the platform runs. */
  readonly exporter: string;
  readonly metric: string;
  readonly labels: Readonly<Record<string, string>>;
  /** `positive`: it is 1 or more while the service can be used. `present`: it is there while the service can be used. */
  readonly means: 'positive' | 'present';
}

/** How a client of Kafka proves its password, by the names that Kafka has for it. */
export const saslMechanisms = ['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512'] as const;
export type SaslMechanism = (typeof saslMechanisms)[number];

/** What a provider says about a backing service in one environment. */
export interface ServiceStatement {
  /** What it is, such as `PostgreSQL 16 by CloudNativePG`. */
  readonly engine: string;
  /** Whether connections are encrypted: never, when the client asks for it, or always. */
  readonly tls: 'none' | 'offered' | 'required';
  /** How clients of Kafka log in with a username and password. @default they do not */
  readonly saslMechanism?: SaslMechanism;
  readonly encryptedAtRest: 'yes' | 'by the storage class' | 'not known here';
  /** How often and for how long, such as `daily, 7 days`; `none`, and why. */
  readonly backup: string;
  readonly highlyAvailable: boolean;
  /** What happens to the data when the service is taken out. */
  readonly deletion: string;
  readonly availability: AvailabilitySignal;
}

/** What one environment makes of a backing service. */
export interface BoundServiceModel extends ServiceStatement {
  readonly provider: string;
  /** The keys that will exist, by Secret or ConfigMap, such as `Secret/orders-db-app`. */
  readonly gives: Readonly<Record<string, readonly string[]>>;
}
