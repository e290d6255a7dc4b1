import type { Construct } from 'constructs';
import { mysql, type MySqlKey, type MySqlProps } from '../backing-service';
import { ServiceConstruct } from './service-construct';

/**
 * A database that speaks the protocol of MySQL: `uses: [db]` gives MYSQL_HOST, MYSQL_PORT, MYSQL_DATABASE, MYSQL_USER, MYSQL_PASSWORD and MYSQL_TLS.
 * Its environment decides what provides it; the workloads that use it stay the same to the byte.
 */
export class MySql extends ServiceConstruct<MySqlKey> {
  /** `mysql://user:password@host:port/database` */
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
  public constructor(scope: Construct, id: string, props: MySqlProps) {
    super(mysql, scope, id, props);
  }
}
