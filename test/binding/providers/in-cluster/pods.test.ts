import { describe, expect, it } from '@jest/globals';
import type { ServiceKind } from '../../../../lib/foundation';
import type { ServicePods } from '../../../../lib';
import { manifestsOf, specOf } from '../requests';
import { supplied, type Wish } from './requests';

const metadata = { labels: { 'example.com/mesh': 'none' }, annotations: { inject: 'disabled' } };
const imagePullSecrets = [{ name: 'registry' }, { name: 'mirror' }];
const pods: ServicePods = { ...metadata, pullSecrets: ['registry', 'mirror'] };
const backup = {
  destinationPath: 's3://backups/prod',
  endpointUrl: 'https://s3.example.com',
  credentials: 'backup',
};
const wish: Wish = { facts: { pods }, options: { backup }, size: 'M' };
const spec = (kind: ServiceKind, of: string): object => specOf(supplied(kind, wish), of);

/** What the pods of an environment are asked for, by where the operator takes it. */
describe('the pods of inCluster()', () => {
  it('of CloudNativePG have it with all that is inherited, beside what Reloader looks for', () => {
    expect(spec('postgres', 'Cluster')).toMatchObject({
      imagePullSecrets,
      inheritedMetadata: {
        labels: metadata.labels,
        annotations: { ...metadata.annotations, 'reloader.stakater.com/match': 'true' },
      },
    });
  });

  it('of the MariaDB operator have it each: the server, its exporter, its backups', () => {
    expect(spec('mysql', 'MariaDB')).toMatchObject({
      imagePullSecrets,
      podMetadata: metadata,
      metrics: { exporter: { podMetadata: metadata } },
    });
    expect(spec('mysql', 'PhysicalBackup')).toMatchObject({ podMetadata: metadata });
  });

  it('of RabbitMQ have it by the override of its StatefulSet', () => {
    expect(spec('rabbitmq', 'RabbitmqCluster')).toMatchObject({
      imagePullSecrets,
      override: { statefulSet: { spec: { template: { metadata } } } },
    });
  });

  it('of Strimzi have it by the template of each', () => {
    const template = { pod: { metadata, imagePullSecrets } };
    expect(spec('kafka-topic', 'KafkaNodePool')).toMatchObject({ template });
    expect(spec('kafka-topic', 'Kafka')).toMatchObject({
      entityOperator: { template },
      kafkaExporter: { template },
    });
  });

  it('of SeaweedFS have it from the whole', () => {
    expect(spec('bucket', 'Seaweed')).toMatchObject({ ...metadata, imagePullSecrets });
  });

  it('of Valkey have it beside what they are selected by', () => {
    expect(spec('redis', 'StatefulSet')).toMatchObject({
      selector: { matchLabels: { 'app.kubernetes.io/name': 'orders-db' } },
      template: {
        metadata: {
          labels: { 'app.kubernetes.io/name': 'orders-db', ...metadata.labels },
          annotations: metadata.annotations,
        },
        spec: { imagePullSecrets },
      },
    });
  });

  it.each<ServiceKind>(['postgres', 'mysql', 'redis', 'rabbitmq', 'kafka-topic', 'bucket'])(
    'of %s show nothing of it where nothing is asked',
    (kind) => {
      const all = manifestsOf(supplied(kind, { ...wish, facts: {} }));
      // Its pods have a label of ours, by which the database lets them in.
      const plain = JSON.stringify(all.filter((object) => object.kind !== 'PhysicalBackup'));
      expect(plain).not.toMatch(/imagePullSecrets|podMetadata|"pod":{"metadata|{}/);
    },
  );
});
