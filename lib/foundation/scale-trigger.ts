import { noText } from './reference-token';
import { isServiceReference, type ServiceReference } from './service-reference';

/** The messages that wait in a queue, as data. */
export interface QueueLengthTrigger {
  readonly trigger: 'queue-length';
  /** What KEDA reaches the broker by. Using it is the dependency. */
  readonly reference: ServiceReference;
  readonly queue: string;
  /** How many waiting messages one replica takes. */
  readonly perReplica: number;
}

/** Where a consumer group begins that has committed nothing yet: what its clients have as `auto.offset.reset`. */
export type OffsetReset = 'latest' | 'earliest';

/** The messages of a topic that a consumer group has yet to read, as data. */
export interface ConsumerLagTrigger {
  readonly trigger: 'consumer-lag';
  /** What KEDA reaches the brokers by. Using it is the dependency. */
  readonly reference: ServiceReference;
  readonly group: string;
  /** How many unread messages one replica takes. */
  readonly perReplica: number;
  readonly offsetReset: OffsetReset;
}

/** What a worker scales on: work that waits for it. */
export type ScaleTrigger = QueueLengthTrigger | ConsumerLagTrigger;

/** A queue of a broker. */
export interface Queue {
  readonly name: string;
  /**
   * Scales on its length: `scale: { min: 0, max: 20, on: broker.queue('mails').length(50) }`.
   * @param perReplica - how many waiting messages one replica takes
   */
  readonly length: (perReplica: number) => QueueLengthTrigger;
}

/** How the lag of a consumer group counts. */
export interface LagProps {
  /** The consumer group of the worker. */
  readonly group: string;
  /** How many unread messages one replica takes. */
  readonly perReplica: number;
  /**
   * Where the group begins when it has committed nothing yet; give what its clients have as `auto.offset.reset`.
   * @default 'latest' - Kafka's own, and the safe one: it keeps a replica until something is committed, so that nothing is skipped
   */
  readonly offsetReset?: OffsetReset;
}

/** A queue, by the reference to its broker. */
export const queueOf = (reference: ServiceReference, name: string): Queue =>
  Object.freeze(
    noText(
      {
        name,
        length: (perReplica: number) =>
          Object.freeze({ trigger: 'queue-length', reference, queue: name, perReplica } as const),
      },
      () => ({ object: `the queue ${name}`, instead: 'Write its name' }),
    ),
  );

/** The lag of a consumer group on a topic. Anything may come in from plain JavaScript: the shape of the scale reports it. */
export function lagOf(reference: ServiceReference, props: LagProps): ConsumerLagTrigger {
  const offsetReset: OffsetReset = 'latest';
  return Object.freeze({ offsetReset, ...props, trigger: 'consumer-lag', reference } as const);
}

/** Whether a value came from `queue(…).length(…)` or `lag(…)`, of whichever copy of the library. What it says may be wrong. */
export const isScaleTrigger = (value: unknown): value is ScaleTrigger => {
  if (typeof value !== 'object' || value === null) return false;
  const { trigger, reference } = value as Partial<ScaleTrigger>;
  return (
    (trigger === 'queue-length' || trigger === 'consumer-lag') && isServiceReference(reference)
  );
};
