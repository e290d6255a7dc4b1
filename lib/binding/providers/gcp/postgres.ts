import type { Supply } from '../../../backing-service';
import type { PostgresModel } from '../../../foundation';
import { checkExtensions } from '../managed-extensions';
import { checkDatabase } from '../system-databases';
import { wants, type GcpProps } from './account';
import { cloudSql, USER } from './cloud-sql';

const OLDEST = 13;
const NEWEST = 18;

/**
 * PostgreSQL by Cloud SQL.
 * @see https://cloud.google.com/sql/docs/postgres/db-versions
 */
export const gcpPostgres =
  (props: GcpProps): Supply<PostgresModel> =>
  (request) => {
    const { version, database } = request.service;
    const isKnown = version >= OLDEST && version <= NEWEST;
    const refused = [
      ...(isKnown
        ? []
        : [
            {
              found: wants(`PostgreSQL ${version}`, `${OLDEST} to ${NEWEST}`),
              fix: `Write a version of ${OLDEST} to ${NEWEST}, or name another provider for postgres`,
            },
          ]),
      ...checkDatabase('gcp()', request.service),
      ...checkExtensions('gcp()', request.service, props.extensions),
    ];
    if (refused.length > 0) return { refused };
    return cloudSql(props, request, {
      name: `PostgreSQL ${version}`,
      version: `POSTGRES_${version}`,
      port: 5432,
      charset: 'UTF8',
      log: { pointInTimeRecoveryEnabled: true },
      user: {},
      keys: {
        // Its certificate names the instance, and not the address.
        sslmode: 'require',
        uri: `postgresql://${USER}:{{ .password }}@{{ .host }}:5432/${database}?sslmode=require`,
        'jdbc-uri': `jdbc:postgresql://{{ .host }}:5432/${database}?user=${USER}&password={{ .password }}&sslmode=require`,
      },
    });
  };
