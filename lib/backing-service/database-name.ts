import { text, type ProblemLog } from '../foundation';

/** The name of a database, of PostgreSQL and MySQL, that needs no quotes. */
export const databaseShape = text('a name of small letters, digits and _, at most 63', (value) =>
  /^[a-z][a-z0-9_]{0,62}$/.test(value),
);

/** What every server has for itself, whoever runs it. A user of the same name owns the database, and PostgreSQL keeps users of `pg_…`. */
const RESERVED = {
  PostgreSQL: /^(postgres|template[01]|pg_.*)$/,
  MySQL: /^(information_schema|mysql|performance_schema|sys)$/,
} as const;

/** The name of the database: what was given, or the id, with `_` for `-`. A name that the server has for itself is reported. */
export function databaseNamed(
  id: string,
  given: string | undefined,
  engine: keyof typeof RESERVED,
  log: ProblemLog,
): string {
  const name = given ?? id.replaceAll('-', '_');
  if (RESERVED[engine].test(name)) {
    const found = `its database is ${name}, which every ${engine} has for itself`;
    log.error('PropInvalid', found, "Give it another name, such as database: 'app'");
  }
  return name;
}
