import type { Supply } from '../../../backing-service';
import type { MySqlModel } from '../../../foundation';
import { checkDatabase } from '../system-databases';
import type { GcpProps } from './account';
import { cloudSql, USER } from './cloud-sql';

/** The long-term release: what a contract without a version gets. */
const LATEST = '8.4';

/**
 * MySQL by Cloud SQL. It has each version that a contract may ask for.
 * @see https://cloud.google.com/sql/docs/mysql/db-versions
 */
export const gcpMySql =
  (props: GcpProps): Supply<MySqlModel> =>
  (request) => {
    const { version = LATEST, database } = request.service;
    const refused = checkDatabase('gcp()', request.service);
    if (refused.length > 0) return { refused };
    return cloudSql(props, request, {
      name: `MySQL ${version}`,
      version: `MYSQL_${version.replace('.', '_')}`,
      port: 3306,
      charset: 'utf8mb4',
      log: { binaryLogEnabled: true },
      user: { host: '%' },
      keys: { uri: `mysql://${USER}:{{ .password }}@{{ .host }}:3306/${database}` },
    });
  };
