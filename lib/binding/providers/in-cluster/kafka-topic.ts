import type { KafkaTopicSpec, KafkaUserSpec } from '../../../../imports/kafka.strimzi.io';
import type { Provided, ServiceRequest, Supply } from '../../../backing-service';
import type { KafkaTopicModel, Manifest, Plain, ServiceStatement } from '../../../foundation';
import { mappedSecrets } from '../mapped-secrets';
import { kafkaClaims, kafkaTopicClaims } from './claims';
import {
  brokersIn,
  KAFKA,
  KAFKA_API,
  KAFKA_PODS,
  KAFKA_PORT,
  kafkaCluster,
  kafkaDemand,
} from './kafka-cluster';
import { callersPolicies, hostOf, keptBy, podsOf } from './made';
import type { Options } from './options';

type Request = ServiceRequest<KafkaTopicModel>;

/** The Secret of the cluster with the certificate of who signed those of the brokers. */
const CA = `${KAFKA}-cluster-ca-cert`;
const MEBIBYTE = 2 ** 20;
/** All topics of an application share one Kafka: a size is how much its user may write, in MiB a second and broker; twice that it may read. */
const RATES = { XS: 1, S: 5, M: 20, L: 50, XL: 100 } as const;

/**
 * A topic and a user of it, in the one Kafka of the application, by Strimzi. Its Access Operator would write the keys too, but for the
 * name of the topic; so one ExternalSecret does it all.
 * @see https://strimzi.io/docs/operators/latest/deploying
 */
export const kafkaTopicIn =
  (options: Options): Supply<KafkaTopicModel> =>
  (request) => {
    const brokers = brokersIn(request);
    const provided: Provided = {
      shared: kafkaCluster(request, options, brokers),
      manifests: [
        ...keptBy(request.service.deletionPolicy, [topic(request, brokers)]),
        user(request),
        ...secret(request),
        ...callersPolicies(request, KAFKA_PODS, KAFKA_PORT),
      ],
      claims: kafkaTopicClaims(request.service.name),
      sharedClaims: kafkaClaims(KAFKA, brokers),
      sharedDemand: kafkaDemand(options, brokers),
      reach: [{ to: [podsOf(KAFKA_PODS)], ports: [KAFKA_PORT] }],
      gives: {
        [`Secret/${request.service.name}-kafka`]: [
          'bootstrapServers',
          'password',
          'saslMechanism',
          'securityProtocol',
          'ssl.truststore.crt',
          'topic',
          'username',
        ],
      },
      statement: statement(request, brokers),
    };
    return provided;
  };

const userOf = (name: string): string => `${name}-user`;
const ofCluster = (labels: Readonly<Record<string, string>>): Readonly<Record<string, string>> => ({
  ...labels,
  'strimzi.io/cluster': KAFKA,
});

function topic({ service, labels }: Request, brokers: number): Manifest {
  const { name, topic: topicName, partitions, retentionHours, compacted } = service;
  const spec: Plain<KafkaTopicSpec> = {
    topicName,
    partitions,
    replicas: brokers,
    config: {
      'cleanup.policy': compacted ? 'compact' : 'delete',
      'retention.ms': retentionHours * 3_600_000,
      'min.insync.replicas': brokers > 1 ? 2 : 1,
    },
  };
  const metadata = { name, labels: ofCluster(labels) };
  return { apiVersion: KAFKA_API, kind: 'KafkaTopic', metadata, spec };
}

/** It may write and read this topic and nothing else, as a consumer of any group: their names are the team's. */
function user({ service, labels, application }: Request): Manifest {
  const { name, topic: topicName, size } = service;
  const rate = RATES[size] * MEBIBYTE;
  const spec: Plain<KafkaUserSpec> = {
    authentication: { type: 'scram-sha-512' },
    authorization: {
      type: 'simple',
      acls: [
        {
          type: 'allow',
          host: '*',
          resource: { type: 'topic', name: topicName, patternType: 'literal' },
          operations: ['Describe', 'DescribeConfigs', 'Read', 'Write'],
        },
        {
          type: 'allow',
          host: '*',
          resource: { type: 'group', name: '*', patternType: 'literal' },
          operations: ['Describe', 'Read'],
        },
        {
          type: 'allow',
          host: '*',
          resource: { type: 'transactionalId', name: `${application}-`, patternType: 'prefix' },
          operations: ['Describe', 'Write'],
        },
      ],
    },
    quotas: { producerByteRate: rate, consumerByteRate: 2 * rate },
  };
  const metadata = { name: userOf(name), labels: ofCluster(labels) };
  return { apiVersion: KAFKA_API, kind: 'KafkaUser', metadata, spec };
}

/** The operator's Secret of the user has the password alone. */
function secret(request: Request): readonly Manifest[] {
  const { name, topic: topicName } = request.service;
  return mappedSecrets(`${name}-secrets`, request, [
    {
      name: `${name}-kafka`,
      refreshInterval: '5m',
      from: {
        password: { secret: userOf(name), key: 'password' },
        ca: { secret: CA, key: 'ca.crt' },
      },
      keys: {
        bootstrapServers: `${hostOf(`${KAFKA}-kafka-bootstrap`, request)}:${KAFKA_PORT}`,
        securityProtocol: 'SASL_SSL',
        saslMechanism: 'SCRAM-SHA-512',
        topic: topicName,
        username: userOf(name),
        password: '{{ .password }}',
        'ssl.truststore.crt': '{{ .ca }}',
      },
    },
  ]);
}

function statement({ service, namespace }: Request, brokers: number): ServiceStatement {
  return {
    engine: 'Kafka by Strimzi, one for the application',
    saslMechanism: 'SCRAM-SHA-512',
    tls: 'required',
    encryptedAtRest: 'by the storage class',
    backup: brokers > 1 ? `none: ${brokers} replicas` : 'none: one replica',
    highlyAvailable: brokers > 1,
    deletion:
      service.deletionPolicy === 'delete'
        ? 'the topic goes, its Kafka stays'
        : 'nothing: Argo CD and Flux may not prune the topic, nor its Kafka',
    availability: {
      exporter: 'kafka_exporter, by Strimzi',
      metric: 'kafka_topic_partitions',
      labels: { namespace, topic: service.topic },
      means: 'positive',
    },
  };
}
