import { Construct } from 'constructs';
import { kafkaTopic, type KafkaTopicKey, type KafkaTopicProps } from '../backing-service';
import {
  lagOf,
  type BackingService,
  type ConsumerLagTrigger,
  type LagProps,
  type ServiceReference,
  type ServiceTarget,
} from '../foundation';
import { joinService } from './join-service';
import { inApplication } from './stand-in';

/**
 * A topic of Kafka: `uses: [events]` gives KAFKA_BOOTSTRAP_SERVERS, KAFKA_SECURITY_PROTOCOL, KAFKA_TOPIC, KAFKA_SASL_MECHANISM, KAFKA_USERNAME and KAFKA_PASSWORD.
 * Its environment decides what provides it; the workloads that use it stay the same to the byte.
 */
export class KafkaTopic extends Construct implements BackingService {
  public readonly backing: ServiceTarget;
  public readonly soft = false;
  public readonly variables: Readonly<Record<string, ServiceReference>>;
  /** `host:port,host:port` */
  public readonly bootstrapServers: ServiceReference;
  public readonly topic: ServiceReference;
  readonly #key: (name: KafkaTopicKey) => ServiceReference;

  /**
   * @param scope - the application, or a construct inside it
   * @param id - the name of its objects: at most 40 small letters, digits and `-`, beginning with a letter
   */
  public constructor(scope: Construct, id: string, props: KafkaTopicProps) {
    super(...inApplication(scope, id));
    const { backing, variables, key } = joinService(kafkaTopic, this, id, props);
    this.backing = backing;
    this.variables = variables;
    this.#key = key;
    this.bootstrapServers = key('bootstrapServers');
    this.topic = key('topic');
  }

  /** What a consumer group has yet to read, for a worker to scale on: `scale: { min: 0, max: 6, on: events.lag({ … }) }`. */
  public lag(props: LagProps): ConsumerLagTrigger {
    return lagOf(this.bootstrapServers, props);
  }

  /** A reference to any of its keys. */
  public key(name: KafkaTopicKey): ServiceReference {
    return this.#key(name);
  }
}
