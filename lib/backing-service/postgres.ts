import { custom, fields, integer, list, optional } from '../foundation';
import { databaseNamed, databaseShape } from './database-name';
import {
  secretOutputs,
  serviceShapes,
  type ServiceDefinition,
  type ServiceProps,
} from './service-definition';

/** A PostgreSQL database. */
export interface PostgresProps extends ServiceProps {
  /** The major version, such as 16: what was tested on one must not run on another. */
  readonly version: number;
  /** The name of the database. @default the id, with `_` for `-`, which needs no quoting in SQL */
  readonly database?: string;
  /** Extensions that must be there, such as `['pgcrypto']`. @default none */
  readonly extensions?: readonly string[];
}

export type PostgresKey =
  'host' | 'port' | 'dbname' | 'username' | 'password' | 'uri' | 'jdbc-uri' | 'sslmode' | 'ca.crt';

const extension = custom(
  (value) => typeof value === 'string' && /^[a-z][a-z0-9_-]{0,62}$/.test(value),
  "the name of an extension, such as 'pgcrypto'",
);

/**
 * The shape of CloudNativePG's own Secret, so that a cluster with that operator needs no adapter.
 * @see https://cloudnative-pg.io/documentation/current/applications/
 */
export const postgres: ServiceDefinition<'postgres', PostgresProps, PostgresKey> = {
  kind: 'postgres',
  port: 5432,
  outputs: (id) =>
    secretOutputs(
      `${id}-app`,
      ['host', 'port', 'dbname', 'username', 'password', 'uri'],
      ['jdbc-uri', 'sslmode', 'ca.crt'],
    ),
  variables: {
    PGHOST: 'host',
    PGPORT: 'port',
    PGDATABASE: 'dbname',
    PGUSER: 'username',
    PGPASSWORD: 'password',
    PGSSLMODE: 'sslmode',
  },
  shape: fields(
    {
      ...serviceShapes,
      version: integer(10, 99, 'the major version of PostgreSQL, such as 16'),
      database: optional(databaseShape),
      extensions: optional(list(extension, "a list such as ['pgcrypto']")),
    },
    'the props of a Postgres',
  ),
  resolve: (place, { version, database, extensions = [] }, log) => ({
    kind: 'postgres',
    ...place,
    version,
    database: databaseNamed(place.name, database, 'PostgreSQL', log),
    extensions: [...new Set(extensions)].sort(),
  }),
};
