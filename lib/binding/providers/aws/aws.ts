import { checkFacts, type Provider } from '../../../backing-service';
import { accountShape, type AwsProps } from './account';
import { bucketOnAws } from './bucket';
import { mysqlOnAws } from './mysql';
import { postgresOnAws } from './postgres';
import { rabbitmqOnAws } from './rabbitmq';
import { redisOnAws } from './redis';

/**
 * Services of AWS, made by Crossplane's namespaced managed resources: RDS, ElastiCache, Amazon MQ and S3. Topics are not among them: no managed
 * resource makes one on MSK.
 * @see docs/backing-services.md
 */
export const aws = (props: AwsProps): Provider => ({
  name: 'aws()',
  supplies: {
    postgres: (request) => postgresOnAws(props, request),
    mysql: (request) => mysqlOnAws(props, request),
    redis: (request) => redisOnAws(props, request),
    rabbitmq: (request) => rabbitmqOnAws(props, request),
    bucket: (request) => bucketOnAws(props, request),
  },
  check: (path) => checkFacts(accountShape, props, path),
});
