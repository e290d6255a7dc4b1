import {
  custom,
  describe,
  fields,
  integer,
  isText,
  list,
  nearest,
  optional,
  table,
  text,
  type ExchangeModel,
  type ProblemLog,
  type QueueModel,
} from '../foundation';
import {
  secretOutputs,
  serviceShapes,
  type ServiceDefinition,
  type ServiceProps,
} from './service-definition';

/** A queue. */
export interface QueueProps {
  /** @default 'quorum' - replicated, and it counts deliveries */
  readonly type?: QueueModel['type'];
  /** Whether messages that nobody could take go to a queue of their own, `<name>.dead`. @default true - else they are lost */
  readonly deadLetters?: boolean;
  /** How often a message is delivered before it is dead. Quorum queues alone. @default 20 - RabbitMQ's own since 4.0 */
  readonly deliveryLimit?: number;
  /** After how long a message that nobody takes is dead. @default never */
  readonly messageTtlSeconds?: number;
}

/** Sends what comes to an exchange on to a queue. */
export interface QueueBindingProps {
  readonly exchange: string;
  readonly queue: string;
  /** @default '' */
  readonly routingKey?: string;
}

/** A broker that speaks AMQP 0-9-1, with the queues, exchanges and bindings that the team needs. */
export interface RabbitMqProps<Q extends string = string> extends ServiceProps {
  /** The queues by name. */
  readonly queues: Readonly<Record<Q, QueueProps>>;
  /** The exchanges by name. The broker's own, such as amq.topic, cannot be bound to. @default none */
  readonly exchanges?: Readonly<Record<string, { readonly type: ExchangeModel['type'] }>>;
  readonly bindings?: readonly QueueBindingProps[];
}

export type RabbitMqKey =
  'host' | 'port' | 'username' | 'password' | 'connection_string' | 'vhost' | 'tls' | 'ca.crt';

const types = ['direct', 'fanout', 'topic', 'headers'] as const;
/** What AMQP counts in one byte. */
const LONGEST_KEY = 255;
const isName = (value: string): boolean =>
  /^[A-Za-z0-9._-]{1,200}$/.test(value) && !value.startsWith('amq.');
const queueShape = fields(
  {
    type: optional(
      custom((value) => value === 'quorum' || value === 'classic', "'quorum' or 'classic'"),
    ),
    deadLetters: optional(custom((value) => typeof value === 'boolean', 'true or false')),
    deliveryLimit: optional(integer(1, 1000, 'a whole number from 1 to 1000')),
    messageTtlSeconds: optional(integer(1, 31_536_000, 'whole seconds, at most a year')),
  },
  'a queue, such as {}',
);
const exchangeShape = fields(
  { type: custom((value) => types.some((type) => type === value), types.join(', ')) },
  "{ type: 'topic' }",
);
const bindingShape = fields(
  {
    exchange: text('the name of an exchange'),
    queue: text('the name of a queue'),
    routingKey: optional(
      custom(
        (value) => isText(value) && Buffer.byteLength(value) <= LONGEST_KEY,
        `text of at most ${LONGEST_KEY} bytes`,
      ),
    ),
  },
  '{ exchange, queue }',
);

const NAME_FIX = "Use letters, digits, dots, _ and -, at most 200, not beginning with 'amq.'";

/** The dead letters of a queue. */
export const deadLettersOf = (queue: string): string => `${queue}.dead`;

/**
 * The shape of the RabbitMQ cluster operator's Secret, and `tls`, which that has not: `true` where the port speaks TLS alone. URLs say the
 * same by `amqps://` or `amqp://`.
 * @see https://www.rabbitmq.com/kubernetes/operator/using-operator#find
 */
export const rabbitmq: ServiceDefinition<'rabbitmq', RabbitMqProps, RabbitMqKey> = {
  kind: 'rabbitmq',
  port: 5672,
  outputs: (id) =>
    secretOutputs(
      `${id}-default-user`,
      ['host', 'port', 'username', 'password', 'connection_string'],
      ['vhost', 'tls', 'ca.crt'],
    ),
  variables: {
    AMQP_URL: 'connection_string',
    AMQP_HOST: 'host',
    AMQP_PORT: 'port',
    AMQP_USERNAME: 'username',
    AMQP_PASSWORD: 'password',
    AMQP_TLS: 'tls',
  },
  shape: fields(
    {
      ...serviceShapes,
      queues: table(queueShape, 'the queues by name, such as { orders: {} }'),
      exchanges: optional(table(exchangeShape, 'the exchanges by name')),
      bindings: optional(list(bindingShape, 'a list of { exchange, queue }')),
    },
    'the props of a RabbitMq',
  ),
  resolve: (place, props, log) => {
    checkTopology(props, log);
    const { queues, exchanges = {}, bindings = [] } = props;
    return {
      kind: 'rabbitmq',
      ...place,
      queues: Object.entries(queues).map(([name, queue]) => queueModel(name, queue)),
      exchanges: Object.entries(exchanges).map(([name, { type }]) => ({ name, type })),
      bindings: bindings.map((each) => ({ ...each, routingKey: each.routingKey ?? '' })),
    };
  },
};

function queueModel(name: string, props: QueueProps): QueueModel {
  const { type = 'quorum', deadLetters = true, deliveryLimit, messageTtlSeconds } = props;
  return {
    name,
    type,
    ...(deadLetters && { deadLetter: deadLettersOf(name) }),
    ...(type === 'quorum' && { deliveryLimit: deliveryLimit ?? 20 }),
    ...(messageTtlSeconds !== undefined && { messageTtlSeconds }),
  };
}

function checkTopology(props: RabbitMqProps, log: ProblemLog): void {
  const { queues, exchanges = {}, bindings = [] } = props;
  const names = Object.keys(queues);
  for (const [kind, list] of [
    ['queues', names],
    ['exchanges', Object.keys(exchanges)],
  ] as const) {
    for (const name of list.filter((each) => !isName(each))) {
      log.error('PropInvalid', `${kind} has ${describe(name)}`, NAME_FIX);
    }
  }
  for (const [name, queue] of Object.entries(queues)) {
    if (queue.type === 'classic' && queue.deliveryLimit !== undefined) {
      const found = `queues.${name} is classic and has a deliveryLimit`;
      log.error('TopologyInvalid', found, "Leave it out, or make the queue 'quorum'");
    }
    if (queue.deadLetters !== false && names.includes(deadLettersOf(name))) {
      const found = `${deadLettersOf(name)} is the queue of the dead letters of ${name}`;
      log.error('TopologyInvalid', found, 'Rename the other one');
    }
  }
  bindings.forEach(({ exchange, queue }, index) => {
    checkEnd(`bindings[${index}].exchange`, exchange, Object.keys(exchanges), log);
    checkEnd(`bindings[${index}].queue`, queue, names, log);
  });
  checkTwice(bindings, log);
}

function checkTwice(bindings: readonly QueueBindingProps[], log: ProblemLog): void {
  const known = new Map<string, number>();
  bindings.forEach(({ exchange, queue, routingKey = '' }, index) => {
    const key = JSON.stringify([exchange, queue, routingKey]);
    const first = known.get(key);
    known.set(key, first ?? index);
    if (first === undefined) return;
    const found = `bindings[${first}] and bindings[${index}] bind ${queue} to ${exchange} by the same key`;
    log.error('TopologyInvalid', found, 'Remove one');
  });
}

function checkEnd(path: string, name: string, known: readonly string[], log: ProblemLog): void {
  if (known.includes(name)) return;
  if (name.startsWith('amq.')) {
    const found = `${path} is ${describe(name)}, which is the broker's own and cannot be bound here`;
    log.error('TopologyInvalid', found, 'Declare one of another name');
    return;
  }
  const near = nearest(name, known);
  const fix =
    near === undefined ? `Declare it; there is ${known.join(', ') || 'none'}` : `Write ${near}`;
  log.error('TopologyInvalid', `${path} is ${describe(name)}, which is not declared`, fix);
}
