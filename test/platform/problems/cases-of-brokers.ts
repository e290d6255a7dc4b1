import { KafkaTopic, RabbitMq } from '../../../lib';
import { inside, untyped, type Case, type Cases } from './making';

const broker = (props: object): Case =>
  inside((app) => new RabbitMq(app, 'broker', untyped({ queues: { orders: {} }, ...props })));
/** The problems of queues, exchanges, bindings and topics. */
export const casesOfBrokers: Cases = {
  PropInvalid: [
    [
      broker({ queues: { 'my queue!': {} } }),
      "PropInvalid at test/broker: queues has 'my queue!'. Use letters, digits, dots, _ and -, at most 200, not beginning with 'amq.'.",
    ],
    [
      broker({ exchanges: { '': { type: 'topic' } } }),
      "PropInvalid at test/broker: exchanges has ''. Use letters, digits, dots, _ and -, at most 200, not beginning with 'amq.'.",
    ],
    [
      broker({
        exchanges: { events: { type: 'topic' } },
        bindings: [{ exchange: 'events', queue: 'orders', routingKey: 'é'.repeat(128) }],
      }),
      `PropInvalid at test/broker: bindings[0].routingKey is '${'é'.repeat(77)}…'. Give text of at most 255 bytes.`,
    ],
  ],
  TopologyInvalid: [
    [
      broker({ bindings: [{ exchange: 'amq.topic', queue: 'orders' }] }),
      "TopologyInvalid at test/broker: bindings[0].exchange is 'amq.topic', which is the broker's own and cannot be bound here. Declare one of another name.",
    ],
    [
      broker({
        exchanges: { events: { type: 'topic' } },
        bindings: [
          { exchange: 'events', queue: 'orders' },
          { exchange: 'events', queue: 'orders', routingKey: '' },
        ],
      }),
      'TopologyInvalid at test/broker: bindings[0] and bindings[1] bind orders to events by the same key. Remove one.',
    ],
    [
      inside((app) => {
        new KafkaTopic(app, 'events', {});
        new KafkaTopic(app, 'history', { topic: 'events' });
      }),
      'TopologyInvalid at test/history: its topic is events, which is that of test/events, declared at …. Give it a topic of its own.',
    ],
    [
      inside((app) => {
        new KafkaTopic(app, 'a', { topic: 'shop.events' });
        new KafkaTopic(app, 'b', { topic: 'shop_events' });
      }),
      'TopologyInvalid at test/b: its topic is shop_events, which Kafka confuses with shop.events of test/a, declared at …. Give it a topic of its own.',
    ],
    [
      broker({ bindings: [{ exchange: 'events', queue: 'orders' }] }),
      "TopologyInvalid at test/broker: bindings[0].exchange is 'events', which is not declared. Declare it; there is none.",
    ],
    [
      broker({
        exchanges: { events: { type: 'topic' } },
        bindings: [{ exchange: 'events', queue: 'order' }],
      }),
      "TopologyInvalid at test/broker: bindings[0].queue is 'order', which is not declared. Write orders.",
    ],
    [
      broker({ queues: { orders: {}, 'orders.dead': {} } }),
      'TopologyInvalid at test/broker: orders.dead is the queue of the dead letters of orders. Rename the other one.',
    ],
    [
      broker({ queues: { orders: { type: 'classic', deliveryLimit: 3 } } }),
      "TopologyInvalid at test/broker: queues.orders is classic and has a deliveryLimit. Leave it out, or make the queue 'quorum'.",
    ],
  ],
};
