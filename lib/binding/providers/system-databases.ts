import type { Refusal } from '../../backing-service';
import type { MySqlModel, PostgresModel } from '../../foundation';

/** Databases that servers in the clouds have for themselves. `postgres` is for everyone to use. */
const SYSTEM: Readonly<Record<(PostgresModel | MySqlModel)['kind'], readonly string[]>> = {
  postgres: ['azure_maintenance', 'azure_sys', 'cloudsqladmin', 'template0', 'template1'],
  mysql: ['information_schema', 'mysql', 'performance_schema', 'sys'],
};

/** A database that the server has for itself already. */
export const checkDatabase = (
  provider: string,
  { kind, database }: PostgresModel | MySqlModel,
): readonly Refusal[] =>
  SYSTEM[kind].includes(database)
    ? [
        {
          found: `its database is ${database}, which the servers of ${provider} have for themselves`,
          fix: "Give it another name, such as database: 'app'",
        },
      ]
    : [];
