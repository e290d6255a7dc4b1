import type { Construct } from 'constructs';
import { postgres, type PostgresKey, type PostgresProps } from '../backing-service';
import { ServiceConstruct } from './service-construct';

/**
 * A PostgreSQL database: `uses: [db]` gives PGHOST, PGPORT, PGDATABASE, PGUSER and PGPASSWORD, `db.uri` is one URL.
 * Its environment decides what provides it; the workloads that use it stay the same to the byte.
 */
export class Postgres extends ServiceConstruct<PostgresKey> {
  /** `postgresql://user:password@host:port/database` */
  public readonly uri = this.key('uri');
  public readonly host = this.key('host');
  public readonly port = this.key('port');
  public readonly database = this.key('dbname');
  public readonly user = this.key('username');
  public readonly password = this.key('password');

  /**
   * @param scope - the application, or a construct inside it
   * @param id - the name of its objects: at most 40 small letters, digits and `-`, beginning with a letter
   */
  public constructor(scope: Construct, id: string, props: PostgresProps) {
    super(postgres, scope, id, props);
  }
}
