import type { Construct } from 'constructs';
import { redis, type RedisKey, type RedisProps } from '../backing-service';
import { ServiceConstruct } from './service-construct';

/**
 * A store that speaks the protocol of Redis: `uses: [cache]` gives REDIS_URL, REDIS_HOST, REDIS_PORT, REDIS_USERNAME, REDIS_PASSWORD and REDIS_TLS.
 * Its environment decides what provides it; the workloads that use it stay the same to the byte.
 */
export class Redis extends ServiceConstruct<RedisKey> {
  /** `redis://…`, or `rediss://…` where the connection is encrypted. */
  public readonly uri = this.key('uri');
  /** `host:port` */
  public readonly address = this.key('address');
  public readonly host = this.key('host');
  public readonly port = this.key('port');
  public readonly password = this.key('password');

  /**
   * @param scope - the application, or a construct inside it
   * @param id - the name of its objects: at most 40 small letters, digits and `-`, beginning with a letter
   */
  public constructor(scope: Construct, id: string, props: RedisProps) {
    super(redis, scope, id, props);
  }
}
