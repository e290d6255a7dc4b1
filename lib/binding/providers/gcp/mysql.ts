import type { Refusal, Supply } from '../../../backing-service';
import type { MySqlModel } from '../../../foundation';
import { checkDatabase } from '../system-databases';
import { wants, type GcpProps } from './account';
import { cloudSql, USER } from './cloud-sql';

/** The long-term release: what a contract without a version gets. */
const LATEST = '8.4';
const VERSIONS: readonly string[] = ['8.0', LATEST];

/**
 * MySQL by Cloud SQL.
 * @see https://cloud.google.com/sql/docs/mysql/db-versions
 */
export const gcpMySql =
  (props: GcpProps): Supply<MySqlModel> =>
  (request) => {
    const { version = LATEST, database } = request.service;
    const refused = [
      ...(VERSIONS.includes(version) ? [] : [unknownVersion(version)]),
      ...checkDatabase('gcp()', request.service),
    ];
    if (refused.length > 0) return { refused };
    return cloudSql(props, request, {
      name: `MySQL ${version}`,
      version: `MYSQL_${version.replace('.', '_')}`,
      port: 3306,
      charset: 'utf8mb4',
      log: { binaryLogEnabled: true },
      user: { host: '%' },
      keys: { tls: 'true', uri: `mysql://${USER}:{{ .password }}@{{ .host }}:3306/${database}` },
    });
  };

const unknownVersion = (version: string): Refusal => ({
  found: wants(`MySQL ${version}`, VERSIONS.join(' and ')),
  fix: `Write version: '${LATEST}', or name another provider for mysql`,
});
