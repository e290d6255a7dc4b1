import { Construct } from 'constructs';
import { redis, type RedisKey, type RedisProps } from '../backing-service';
import type { BackingService, ServiceReference, ServiceTarget } from '../foundation';
import { joinService } from './join-service';
import { inApplication } from './stand-in';

/**
 * A store that speaks the protocol of Redis: `uses: [cache]` gives REDIS_URL, REDIS_HOST, REDIS_PORT, REDIS_USERNAME, REDIS_PASSWORD and REDIS_TLS.
 * Its environment decides what provides it; the workloads that use it stay the same to the byte.
 */
export class Redis extends Construct implements BackingService {
  public readonly backing: ServiceTarget;
  public readonly soft = false;
  public readonly variables: Readonly<Record<string, ServiceReference>>;
  /** `redis://…`, or `rediss://…` where the connection is encrypted. */
  public readonly uri: ServiceReference;
  /** `host:port` */
  public readonly address: ServiceReference;
  public readonly host: ServiceReference;
  public readonly port: ServiceReference;
  public readonly password: ServiceReference;
  readonly #key: (name: RedisKey) => ServiceReference;

  /**
   * @param scope - the application, or a construct inside it
   * @param id - the name of its objects: at most 40 small letters, digits and `-`, beginning with a letter
   */
  public constructor(scope: Construct, id: string, props: RedisProps) {
    super(...inApplication(scope, id));
    const { backing, variables, key } = joinService(redis, this, id, props);
    this.backing = backing;
    this.variables = variables;
    this.#key = key;
    this.uri = key('uri');
    this.address = key('address');
    this.host = key('host');
    this.port = key('port');
    this.password = key('password');
  }

  /** A reference to any of its keys. */
  public key(name: RedisKey): ServiceReference {
    return this.#key(name);
  }
}
