import type { Refusal } from '../../backing-service';
import { custom, some, type PostgresModel } from '../../foundation';

/**
 * Extensions that Cloud SQL and Azure both have and that need no setting of the server beyond being allowed: an application makes them by
 * `CREATE EXTENSION`, which its user may.
 * @see https://cloud.google.com/sql/docs/postgres/extensions
 * @see https://learn.microsoft.com/azure/postgresql/extensions/concepts-extensions-versions
 */
const MANAGED: readonly string[] = [
  'amcheck',
  'bloom',
  'btree_gin',
  'btree_gist',
  'citext',
  'cube',
  'dblink',
  'dict_int',
  'earthdistance',
  'fuzzystrmatch',
  'hstore',
  'intarray',
  'isn',
  'lo',
  'ltree',
  'pageinspect',
  'pg_buffercache',
  'pg_freespacemap',
  'pg_prewarm',
  'pg_stat_statements',
  'pg_trgm',
  'pg_visibility',
  'pgcrypto',
  'pgrowlocks',
  'pgstattuple',
  'postgis',
  'postgres_fdw',
  'sslinfo',
  'tablefunc',
  'tsm_system_rows',
  'tsm_system_time',
  'unaccent',
  'uuid-ossp',
  'vector',
];

/** The extensions that a platform names beside these. */
export const extensionsShape = some(
  custom((value) => typeof value === 'string' && value !== '', 'the name of an extension'),
  "a list such as ['pg_cron']",
);

/** The extensions that are asked for and not known to be there. */
export function checkExtensions(
  provider: string,
  { extensions }: PostgresModel,
  others: readonly string[] = [],
): readonly Refusal[] {
  const known = [...MANAGED, ...others];
  return extensions
    .filter((extension) => !known.includes(extension))
    .map((extension) => ({
      found: `it wants the extension ${extension}, and ${provider} has ${known.join(', ')}`,
      fix: `Leave it out, or give ${provider} extensions: ['${extension}'] when its servers have it`,
    }));
}
