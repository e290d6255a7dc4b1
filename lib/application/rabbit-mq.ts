import type { Construct } from 'constructs';
import { rabbitmq, type RabbitMqKey, type RabbitMqProps } from '../backing-service';
import { queueOf, type Queue } from '../foundation';
import { ServiceConstruct } from './service-construct';

/**
 * A broker that speaks AMQP 0-9-1, with its queues: `uses: [queue]` gives AMQP_URL, AMQP_HOST, AMQP_PORT, AMQP_USERNAME, AMQP_PASSWORD and AMQP_TLS.
 * Its environment decides what provides it; the workloads that use it stay the same to the byte. `Q` are the names of its queues.
 */
export class RabbitMq<const Q extends string = string> extends ServiceConstruct<RabbitMqKey> {
  /** `amqp://…`, or `amqps://…` where the connection is encrypted. */
  public readonly url = this.key('connection_string');
  public readonly host = this.key('host');
  public readonly port = this.key('port');
  public readonly user = this.key('username');
  public readonly password = this.key('password');

  /**
   * @param scope - the application, or a construct inside it
   * @param id - the name of its objects: at most 40 small letters, digits and `-`, beginning with a letter
   */
  public constructor(scope: Construct, id: string, props: RabbitMqProps<Q>) {
    super(rabbitmq, scope, id, props);
  }

  /** One of its queues, or the dead letters of one, for a worker to scale on. */
  public queue(name: Q | `${Q}.dead`): Queue {
    return queueOf(this.url, name);
  }
}
