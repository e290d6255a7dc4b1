import { custom, fields, integer, optional } from '../foundation';
import {
  secretOutputs,
  serviceShapes,
  type ServiceDefinition,
  type ServiceProps,
} from './service-definition';

/** A store that speaks the protocol of Redis, such as Valkey. */
export interface RedisProps extends ServiceProps {
  /** The major version of Redis whose commands are used. @default 7 - what Valkey and every cloud but Azure offer */
  readonly version?: number;
  /** Whether its content must outlive a restart. @default false - a cache may be empty */
  readonly durable?: boolean;
}

export type RedisKey =
  'host' | 'port' | 'address' | 'uri' | 'username' | 'password' | 'tls' | 'ca.crt';

/** `address` is `host:port`; `tls` is `true` or `false`, and `uri` says the same by `rediss://` or `redis://`. */
export const redis: ServiceDefinition<'redis', RedisProps, RedisKey> = {
  kind: 'redis',
  port: 6379,
  outputs: (id) =>
    secretOutputs(
      `${id}-redis`,
      ['host', 'port', 'address', 'uri', 'tls'],
      ['username', 'password', 'ca.crt'],
    ),
  variables: {
    REDIS_URL: 'uri',
    REDIS_HOST: 'host',
    REDIS_PORT: 'port',
    REDIS_USERNAME: 'username',
    REDIS_PASSWORD: 'password',
    REDIS_TLS: 'tls',
  },
  shape: fields(
    {
      ...serviceShapes,
      version: optional(integer(5, 20, 'the major version of Redis, such as 7')),
      durable: optional(custom((value) => typeof value === 'boolean', 'true or false')),
    },
    'the props of a Redis',
  ),
  resolve: (place, { version = 7, durable = false }) => ({
    kind: 'redis',
    ...place,
    version,
    durable,
  }),
};
