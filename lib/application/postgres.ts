import { Construct } from 'constructs';
import { postgres, type PostgresKey, type PostgresProps } from '../backing-service';
import type { BackingService, ServiceReference, ServiceTarget } from '../foundation';
import { joinService } from './join-service';
import { inApplication } from './stand-in';

/**
 * A PostgreSQL database: `uses: [db]` gives PGHOST, PGPORT, PGDATABASE, PGUSER and PGPASSWORD, `db.uri` is one URL.
 * Its environment decides what provides it; the workloads that use it stay the same to the byte.
 */
export class Postgres extends Construct implements BackingService {
  public readonly backing: ServiceTarget;
  public readonly soft = false;
  public readonly variables: Readonly<Record<string, ServiceReference>>;
  /** `postgresql://user:password@host:port/database` */
  public readonly uri: ServiceReference;
  public readonly host: ServiceReference;
  public readonly port: ServiceReference;
  public readonly database: ServiceReference;
  public readonly user: ServiceReference;
  public readonly password: ServiceReference;
  readonly #key: (name: PostgresKey) => ServiceReference;

  /**
   * @param scope - the application, or a construct inside it
   * @param id - the name of its objects: at most 40 small letters, digits and `-`, beginning with a letter
   */
  public constructor(scope: Construct, id: string, props: PostgresProps) {
    super(...inApplication(scope, id));
    const { backing, variables, key } = joinService(postgres, this, id, props);
    this.backing = backing;
    this.variables = variables;
    this.#key = key;
    this.uri = key('uri');
    this.host = key('host');
    this.port = key('port');
    this.database = key('dbname');
    this.user = key('username');
    this.password = key('password');
  }

  /** A reference to any of its keys. */
  public key(name: PostgresKey): ServiceReference {
    return this.#key(name);
  }
}
