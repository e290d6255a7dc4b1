import { checkFacts, type Provider } from '../../../backing-service';
import { gcpShape, type GcpProps } from './account';
import { gcpBucket } from './bucket';
import { gcpMySql } from './mysql';
import { gcpPostgres } from './postgres';
import { gcpRedis } from './redis';

export type { GcpProps } from './account';

/**
 * Google Cloud by Config Connector: Cloud SQL, Memorystore and Cloud Storage. Google has no broker for AMQP 0-9-1. It needs Config
 * Connector and External Secrets in the cluster.
 * @see https://cloud.google.com/config-connector/docs/overview
 */
export const gcp = (props: GcpProps): Provider => ({
  name: 'gcp()',
  supplies: {
    postgres: gcpPostgres(props),
    mysql: gcpMySql(props),
    redis: gcpRedis(props),
    bucket: gcpBucket(props),
  },
  check: (path) => checkFacts(gcpShape, props, path),
});
