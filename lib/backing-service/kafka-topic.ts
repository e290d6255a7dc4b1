import { custom, fields, integer, optional, text } from '../foundation';
import {
  secretOutputs,
  serviceShapes,
  type ServiceDefinition,
  type ServiceProps,
} from './service-definition';

/** A topic of Kafka, and a user who may read and write it. */
export interface KafkaTopicProps extends ServiceProps {
  /** The name of the topic. @default the id */
  readonly topic?: string;
  /** How many consumers of a group can share the work; it can grow and never shrink. @default 6 - divides by 1, 2, 3 and 6 */
  readonly partitions?: number;
  /** How long messages are kept. @default 168 - a week, Kafka's own */
  readonly retentionHours?: number;
  /** Whether the last message of each key is kept for ever. @default false */
  readonly compacted?: boolean;
}

export type KafkaTopicKey =
  | 'bootstrapServers'
  | 'securityProtocol'
  | 'topic'
  | 'saslMechanism'
  | 'username'
  | 'password'
  | 'ssl.truststore.crt'
  | 'ssl.keystore.crt'
  | 'ssl.keystore.key';

/**
 * The shape of the Strimzi Access Operator's Secret, and the name of the topic.
 * @see https://github.com/strimzi/kafka-access-operator
 */
export const kafkaTopic: ServiceDefinition<'kafka-topic', KafkaTopicProps, KafkaTopicKey> = {
  kind: 'kafka-topic',
  port: 9092,
  outputs: (id) =>
    secretOutputs(
      `${id}-kafka`,
      ['bootstrapServers', 'securityProtocol', 'topic'],
      [
        'saslMechanism',
        'username',
        'password',
        'ssl.truststore.crt',
        'ssl.keystore.crt',
        'ssl.keystore.key',
      ],
    ),
  variables: {
    KAFKA_BOOTSTRAP_SERVERS: 'bootstrapServers',
    KAFKA_SECURITY_PROTOCOL: 'securityProtocol',
    KAFKA_TOPIC: 'topic',
    KAFKA_SASL_MECHANISM: 'saslMechanism',
    KAFKA_USERNAME: 'username',
    KAFKA_PASSWORD: 'password',
  },
  shape: fields(
    {
      ...serviceShapes,
      topic: optional(
        text('a name of letters, digits, dots, _ and -, at most 249', (value) =>
          /^(?!\.{1,2}$)[A-Za-z0-9._-]{1,249}$/.test(value),
        ),
      ),
      partitions: optional(integer(1, 1000, 'a number of partitions from 1 to 1000')),
      retentionHours: optional(integer(1, 87_600, 'whole hours, at most ten years')),
      compacted: optional(custom((value) => typeof value === 'boolean', 'true or false')),
    },
    'the props of a KafkaTopic',
  ),
  resolve: (place, { topic, partitions = 6, retentionHours = 168, compacted = false }) => ({
    kind: 'kafka-topic',
    ...place,
    topic: topic ?? place.name,
    partitions,
    retentionHours,
    compacted,
  }),
};
