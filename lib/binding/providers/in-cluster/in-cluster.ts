import type { Provider } from '../../../backing-service';
import { isBag } from '../../../foundation';
import { bucketIn } from './bucket';
import { checkOptions } from './check-options';
import { kafkaTopicIn } from './kafka-topic';
import { mysqlIn } from './mysql';
import { resolveOptions, type InClusterProps } from './options';
import { postgresIn } from './postgres';
import { rabbitmqIn } from './rabbitmq';
import { redisIn } from './redis';

/**
 * Runs every kind of backing service in the cluster itself, in the namespace of the application, by operators that the platform has
 * installed. Where an operator's own Secret is not the contract, External Secrets writes one that is.
 */
export function inCluster(props: InClusterProps = {}): Provider {
  // Anything else is reported by the check.
  const options = resolveOptions(isBag(props) ? props : {});
  return {
    name: 'inCluster()',
    supplies: {
      postgres: postgresIn(options),
      mysql: mysqlIn(options),
      redis: redisIn(options),
      rabbitmq: rabbitmqIn(options),
      'kafka-topic': kafkaTopicIn(options),
      bucket: bucketIn(options),
    },
    check: (path) => checkOptions(props, path),
  };
}
