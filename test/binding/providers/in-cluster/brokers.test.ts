import { describe, expect, it } from '@jest/globals';
import { manifestsOf, single, specOf, templateOf } from '../requests';
import { supplied, type Wish } from './requests';

describe('rabbitmq', () => {
  const props = {
    queues: {
      orders: { messageTtlSeconds: 60, deliveryLimit: 5 },
      Mail_out: { type: 'classic', deadLetters: false },
    },
    exchanges: { events: { type: 'topic' } },
    bindings: [
      { exchange: 'events', queue: 'orders', routingKey: 'order.*' },
      { exchange: 'events', queue: 'Mail_out' },
    ],
  };
  const provided = supplied('rabbitmq', { props, deletionPolicy: 'delete' });
  const rabbitmqClusterReference = { name: 'orders-db-broker' };

  it('declares queues, and those of their dead letters', () => {
    const queues = manifestsOf(provided).filter(({ kind }) => kind === 'Queue');
    const common = {
      vhost: '/',
      durable: true,
      autoDelete: false,
      deletionPolicy: 'delete',
      rabbitmqClusterReference,
    };
    expect(queues.map(({ metadata, spec }) => [metadata.name, spec])).toEqual([
      [
        'orders-db-orders',
        {
          ...common,
          name: 'orders',
          type: 'quorum',
          arguments: {
            'x-dead-letter-exchange': '',
            'x-dead-letter-routing-key': 'orders.dead',
            'x-delivery-limit': 5,
            'x-message-ttl': 60_000,
          },
        },
      ],
      ['orders-db-orders.dead', { ...common, name: 'orders.dead', type: 'quorum' }],
      [
        expect.stringMatching(/^orders-db-queue-mail-out-[0-9a-f]{8}$/),
        { ...common, name: 'Mail_out', type: 'classic' },
      ],
    ]);
  });

  it('binds them', () => {
    const bindings = manifestsOf(provided).filter(({ kind }) => kind === 'Binding');
    const common = { vhost: '/', source: 'events', destinationType: 'queue' };
    expect(bindings.map(({ spec }) => spec)).toEqual([
      { ...common, destination: 'orders', routingKey: 'order.*', rabbitmqClusterReference },
      { ...common, destination: 'Mail_out', rabbitmqClusterReference },
    ]);
    expect(new Set(bindings.map(({ metadata }) => metadata.name)).size).toBe(2);
  });

  it('has a user who may do with them what an application does', () => {
    expect(specOf(provided, 'User')).toEqual({
      importCredentialsSecret: { name: 'orders-db-default-user' },
      rabbitmqClusterReference,
    });
    expect(specOf(provided, 'Permission')).toEqual({
      vhost: '/',
      userReference: { name: 'orders-db' },
      permissions: {
        configure: '^(Mail_out|events|orders|orders\\.dead)$',
        // A binding that is declared again asks to write to its queue and to read from its exchange.
        write: '^(Mail_out|amq\\.default|events|orders|orders\\.dead)$',
        read: '^(Mail_out|events|orders|orders\\.dead)$',
      },
      rabbitmqClusterReference,
    });
    expect(templateOf(provided, 'orders-db-default-user')).toEqual({
      host: 'orders-db-broker.shop-prod.svc',
      port: '5672',
      username: 'orders-db',
      password: '{{ .password }}',
      vhost: '/',
      tls: 'false',
      connection_string: 'amqp://orders-db:{{ .password }}@orders-db-broker.shop-prod.svc:5672/%2F',
    });
  });

  it('without queues lets its user read nothing', () => {
    const none = supplied('rabbitmq', { props: { queues: {} } });
    expect(specOf(none, 'Permission')).toMatchObject({ permissions: { read: '^$' } });
  });

  it('passes Pod Security', () => {
    const restricted = {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      runAsNonRoot: true,
      seccompProfile: { type: 'RuntimeDefault' },
    };
    expect(specOf(provided, 'RabbitmqCluster')).toHaveProperty(
      'override.statefulSet.spec.template.spec',
      {
        securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
        initContainers: [{ name: 'setup-container', securityContext: restricted }],
        containers: [{ name: 'rabbitmq', securityContext: restricted }],
      },
    );
  });
});

describe('kafka-topic', () => {
  it('is a topic of the one Kafka, with a user who may use it alone', () => {
    const props = { topic: 'Orders.v1', partitions: 3, retentionHours: 2, compacted: true };
    const provided = supplied('kafka-topic', { props, name: 'orders' });
    expect(specOf(provided, 'KafkaTopic')).toEqual({
      topicName: 'Orders.v1',
      partitions: 3,
      replicas: 3,
      config: {
        'cleanup.policy': 'compact',
        'retention.ms': 7_200_000,
        'min.insync.replicas': 2,
      },
    });
    const user = specOf(provided, 'KafkaUser') as {
      authorization: { acls: readonly { resource: object }[] };
    };
    expect(user.authorization.acls.map(({ resource }) => resource)).toEqual([
      { type: 'topic', name: 'Orders.v1', patternType: 'literal' },
      { type: 'group', name: '*', patternType: 'literal' },
      { type: 'transactionalId', name: 'shop-', patternType: 'prefix' },
    ]);
    expect(user).toMatchObject({
      quotas: { producerByteRate: 5 * 2 ** 20, consumerByteRate: 10 * 2 ** 20 },
    });
    const labelled = provided.manifests.filter(({ kind }) => kind.startsWith('Kafka'));
    expect(labelled.map(({ metadata }) => metadata.labels?.['strimzi.io/cluster'])).toEqual([
      'kafka',
      'kafka',
    ]);
  });

  it('gives the contract from the Secrets of the operator', () => {
    const provided = supplied('kafka-topic', { name: 'orders' });
    expect(templateOf(provided, 'orders-kafka')).toEqual({
      bootstrapServers: 'kafka-kafka-bootstrap.shop-prod.svc:9093',
      securityProtocol: 'SASL_SSL',
      saslMechanism: 'SCRAM-SHA-512',
      topic: 'orders',
      username: 'orders-user',
      password: '{{ .password }}',
      'ssl.truststore.crt': '{{ .ca }}',
    });
    expect(specOf(provided, 'ExternalSecret')).toMatchObject({
      secretStoreRef: { kind: 'SecretStore', name: 'orders-secrets' },
      data: [
        { secretKey: 'password', remoteRef: { key: 'orders-user', property: 'password' } },
        { secretKey: 'ca', remoteRef: { key: 'kafka-cluster-ca-cert', property: 'ca.crt' } },
      ],
    });
  });

  it('asks no more of one broker than it can do', () => {
    const provided = supplied('kafka-topic', { size: 'M', facts: single });
    expect(specOf(provided, 'KafkaTopic')).toMatchObject({
      replicas: 1,
      config: { 'min.insync.replicas': 1 },
    });
    expect(specOf(provided, 'Kafka')).toMatchObject({
      kafka: { config: { 'default.replication.factor': 1, 'min.insync.replicas': 1 } },
    });
  });

  it('makes the same Kafka whatever the topic', () => {
    const shared = (wish: Wish) => supplied('kafka-topic', wish).shared;
    expect(shared({ size: 'XL', name: 'clicks', deletionPolicy: 'delete' })).toEqual(shared({}));
  });
});
