import type { Construct } from 'constructs';
import { kafkaTopic, type KafkaTopicKey, type KafkaTopicProps } from '../backing-service';
import { lagOf, type ConsumerLagTrigger, type LagProps } from '../foundation';
import { ServiceConstruct } from './service-construct';

/**
 * A topic of Kafka: `uses: [events]` gives KAFKA_BOOTSTRAP_SERVERS, KAFKA_SECURITY_PROTOCOL, KAFKA_TOPIC, KAFKA_SASL_MECHANISM, KAFKA_USERNAME and KAFKA_PASSWORD.
 * Its environment decides what provides it; the workloads that use it stay the same to the byte.
 */
export class KafkaTopic extends ServiceConstruct<KafkaTopicKey> {
  /** `host:port,host:port` */
  public readonly bootstrapServers = this.key('bootstrapServers');
  public readonly topic = this.key('topic');

  /**
   * @param scope - the application, or a construct inside it
   * @param id - the name of its objects: at most 40 small letters, digits and `-`, beginning with a letter
   */
  public constructor(scope: Construct, id: string, props: KafkaTopicProps) {
    super(kafkaTopic, scope, id, props);
  }

  /** What a consumer group has yet to read, for a worker to scale on: `scale: { min: 0, max: 6, on: events.lag({ … }) }`. */
  public lag(props: LagProps): ConsumerLagTrigger {
    return lagOf(this.bootstrapServers, props);
  }
}
