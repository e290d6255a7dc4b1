import { Construct } from 'constructs';
import { rabbitmq, type RabbitMqKey, type RabbitMqProps } from '../backing-service';
import {
  queueOf,
  type BackingService,
  type Queue,
  type ServiceReference,
  type ServiceTarget,
} from '../foundation';
import { joinService } from './join-service';
import { inApplication } from './stand-in';

/**
 * A broker that speaks AMQP 0-9-1, with its queues: `uses: [queue]` gives AMQP_URL, AMQP_HOST, AMQP_PORT, AMQP_USERNAME and AMQP_PASSWORD.
 * Its environment decides what provides it; the workloads that use it stay the same to the byte. `Q` are the names of its queues.
 */
export class RabbitMq<const Q extends string = string> extends Construct implements BackingService {
  public readonly backing: ServiceTarget;
  public readonly soft = false;
  public readonly variables: Readonly<Record<string, ServiceReference>>;
  /** `amqp://…`, or `amqps://…` where the connection is encrypted. */
  public readonly url: ServiceReference;
  public readonly host: ServiceReference;
  public readonly port: ServiceReference;
  public readonly user: ServiceReference;
  public readonly password: ServiceReference;
  readonly #key: (name: RabbitMqKey) => ServiceReference;

  /**
   * @param scope - the application, or a construct inside it
   * @param id - the name of its objects: at most 40 small letters, digits and `-`, beginning with a letter
   */
  public constructor(scope: Construct, id: string, props: RabbitMqProps<Q>) {
    super(...inApplication(scope, id));
    const { backing, variables, key } = joinService(rabbitmq, this, id, props);
    this.backing = backing;
    this.variables = variables;
    this.#key = key;
    this.url = key('connection_string');
    this.host = key('host');
    this.port = key('port');
    this.user = key('username');
    this.password = key('password');
  }

  /** One of its queues, or the dead letters of one, for a worker to scale on. */
  public queue(name: Q | `${Q}.dead`): Queue {
    return queueOf(this.url, name);
  }

  /** A reference to any of its keys. */
  public key(name: RabbitMqKey): ServiceReference {
    return this.#key(name);
  }
}
