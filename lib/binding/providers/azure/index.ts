import { checkFacts, type Provider } from '../../../backing-service';
import { azureShape, type AzureProps } from './account';
import { NO_BUCKET } from './bucket';
import { azureMySql } from './mysql';
import { azurePostgres } from './postgres';
import { azureRedis } from './redis';

export type { AzureNetwork, AzureProps } from './account';

/**
 * Azure by Azure Service Operator: flexible servers and Azure Cache for Redis. Azure has no broker for AMQP 0-9-1 and no store that speaks
 * S3. It needs Azure Service Operator and External Secrets in the cluster.
 * @see https://azure.github.io/azure-service-operator/
 */
export const azure = (props: AzureProps): Provider => ({
  name: 'azure()',
  supplies: {
    postgres: azurePostgres(props),
    mysql: azureMySql(props),
    redis: azureRedis(props),
  },
  lacks: { bucket: NO_BUCKET },
  check: (path) => checkFacts(azureShape, props, path),
});
