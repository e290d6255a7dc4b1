import { custom, fields, optional } from '../foundation';
import { databaseNamed, databaseShape } from './database-name';
import {
  secretOutputs,
  serviceShapes,
  type ServiceDefinition,
  type ServiceProps,
} from './service-definition';

/** A database that speaks the protocol of MySQL. */
export interface MySqlProps extends ServiceProps {
  /** A version of MySQL itself, where its own SQL is used. @default any server of the protocol, MariaDB too */
  readonly version?: '8.0' | '8.4';
  /** The name of the database. @default the id, with `_` for `-` */
  readonly database?: string;
}

export type MySqlKey =
  'host' | 'port' | 'dbname' | 'username' | 'password' | 'uri' | 'tls' | 'ca.crt';

/**
 * The same keys as PostgreSQL has, and `tls`: `true` where clients are to encrypt, `false` where the server cannot. URLs of MySQL have no
 * word for it that all clients know. The variables are those of the official images and of most clients.
 */
export const mysql: ServiceDefinition<'mysql', MySqlProps, MySqlKey> = {
  kind: 'mysql',
  port: 3306,
  outputs: (id) =>
    secretOutputs(
      `${id}-app`,
      ['host', 'port', 'dbname', 'username', 'password', 'uri', 'tls'],
      ['ca.crt'],
    ),
  variables: {
    MYSQL_HOST: 'host',
    MYSQL_PORT: 'port',
    MYSQL_DATABASE: 'dbname',
    MYSQL_USER: 'username',
    MYSQL_PASSWORD: 'password',
    MYSQL_TLS: 'tls',
  },
  shape: fields(
    {
      ...serviceShapes,
      version: optional(custom((value) => value === '8.0' || value === '8.4', "'8.0' or '8.4'")),
      database: optional(databaseShape),
    },
    'the props of a MySql',
  ),
  resolve: (place, { version, database }, log) => ({
    kind: 'mysql',
    ...place,
    ...(version !== undefined && { version }),
    database: databaseNamed(place.name, database, 'MySQL', log),
  }),
};
