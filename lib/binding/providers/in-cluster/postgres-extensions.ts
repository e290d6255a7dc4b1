/** What is in PostgreSQL's own contrib, by the first and the last major version that has it. */
const CONTRIB =
  'amcheck autoinc bloom bool_plperl btree_gin btree_gist citext cube dblink dict_int dict_xsyn earthdistance file_fdw fuzzystrmatch hstore ' +
  'insert_username intagg intarray isn lo ltree moddatetime pageinspect pg_buffercache pg_freespacemap pg_prewarm pg_stat_statements ' +
  'pg_surgery pg_trgm pg_visibility pgcrypto pgrowlocks pgstattuple plpgsql postgres_fdw refint seg sslinfo tablefunc tcn ' +
  'tsm_system_rows tsm_system_time unaccent uuid-ossp xml2';

const SINCE: Readonly<Record<string, number>> = { pg_walinspect: 15, pg_logicalinspect: 18 };
const UNTIL: Readonly<Record<string, number>> = { adminpack: 16, old_snapshot: 16 };

/** What the image `standard` of CloudNativePG has besides, and needs no preloaded library. */
const STANDARD = ['vector'];

/**
 * Whether an extension can be had in the stock image.
 * @see https://www.postgresql.org/docs/current/contrib.html
 */
export function hasExtension(extension: string, version: number): boolean {
  if (CONTRIB.split(' ').includes(extension) || STANDARD.includes(extension)) return true;
  const since = SINCE[extension];
  const until = UNTIL[extension];
  return (since !== undefined && version >= since) || (until !== undefined && version <= until);
}

/** Parameters by which CloudNativePG knows that it must preload the library of an extension. */
export const extensionParameters = (
  extensions: readonly string[],
): Readonly<Record<string, string>> =>
  extensions.includes('pg_stat_statements') ? { 'pg_stat_statements.track': 'top' } : {};
