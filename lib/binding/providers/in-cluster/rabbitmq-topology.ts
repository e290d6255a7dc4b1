import type {
  BindingSpec,
  ExchangeSpec,
  PermissionSpec,
  QueueSpec,
  UserSpec,
} from '../../../../imports/rabbitmq.com';
import type { Manifest, Plain, QueueModel, RabbitMqModel } from '../../../foundation';
import { hashedName } from '../../../workload';
import { made } from './made';

type Labels = Readonly<Record<string, string>>;

const API = 'rabbitmq.com/v1beta1';
const VHOST = '/';

/** What the team declared, and a user who may do with it what an application does. */
export function topology(
  service: RabbitMqModel,
  labels: Labels,
  cluster: string,
): readonly Manifest[] {
  const { name } = service;
  const rabbitmqClusterReference = { name: cluster };
  const object = (kind: string, of: string, spec: object): Manifest =>
    made(API, kind, objectName(name, kind, of), labels, { ...spec, rabbitmqClusterReference });
  return [
    ...service.queues
      .flatMap(withDeadLetters)
      .map((queue) => object('Queue', queue.name, queueSpec(queue, service))),
    ...service.exchanges.map(({ name: exchange, type }) =>
      object('Exchange', exchange, exchangeSpec(exchange, type)),
    ),
    ...service.bindings.map((binding) =>
      object(
        'Binding',
        JSON.stringify([binding.exchange, binding.queue, binding.routingKey]),
        bindingSpec(binding),
      ),
    ),
    made(API, 'User', name, labels, { ...userSpec(name), rabbitmqClusterReference }),
    made(API, 'Permission', name, labels, { ...permission(service), rabbitmqClusterReference }),
  ];
}

/** Queues may have names that no object can have. */
function objectName(service: string, kind: string, of: string): string {
  const plain = `${service}-${of}`;
  if (/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(plain) && plain.length <= 200) return plain;
  const readable = `${service}-${kind.toLowerCase()}-${of}`.toLowerCase();
  return hashedName(readable.replace(/[^a-z0-9]+/g, '-'), of);
}

type Declared = Omit<QueueModel, 'deadLetter'> & { readonly deadLetter?: string };

/** The queue of dead letters is of the same type, and has none itself: what is dead waits for people. */
function withDeadLetters(queue: QueueModel): readonly Declared[] {
  const { deadLetter, type } = queue;
  return deadLetter === undefined ? [queue] : [queue, { name: deadLetter, type }];
}

/**
 * The default exchange brings a dead letter to the queue of that name, so no exchange is needed.
 * @see https://www.rabbitmq.com/docs/dlx
 */
function queueSpec(
  queue: Declared,
  { deletionPolicy }: RabbitMqModel,
): Omit<Plain<QueueSpec>, 'rabbitmqClusterReference'> {
  const { name, type, deadLetter, deliveryLimit, messageTtlSeconds } = queue;
  const settings = {
    ...(deadLetter !== undefined && {
      'x-dead-letter-exchange': '',
      'x-dead-letter-routing-key': deadLetter,
    }),
    ...(deliveryLimit !== undefined && { 'x-delivery-limit': deliveryLimit }),
    ...(messageTtlSeconds !== undefined && { 'x-message-ttl': messageTtlSeconds * 1000 }),
  };
  return {
    name,
    vhost: VHOST,
    type,
    durable: true,
    autoDelete: false,
    deletionPolicy,
    ...(Object.keys(settings).length > 0 && { arguments: settings }),
  };
}

const exchangeSpec = (
  name: string,
  type: string,
): Omit<Plain<ExchangeSpec>, 'rabbitmqClusterReference'> => ({
  name,
  vhost: VHOST,
  type,
  durable: true,
  autoDelete: false,
});

const bindingSpec = ({
  exchange,
  queue,
  routingKey,
}: RabbitMqModel['bindings'][number]): Omit<Plain<BindingSpec>, 'rabbitmqClusterReference'> => ({
  vhost: VHOST,
  source: exchange,
  destination: queue,
  destinationType: 'queue',
  ...(routingKey !== '' && { routingKey }),
});

/** The operator reads the Secret once, when it makes the user. */
const userSpec = (name: string): Omit<Plain<UserSpec>, 'rabbitmqClusterReference'> => ({
  importCredentialsSecret: { name: `${name}-default-user` },
});

/**
 * No tags, so nothing of the broker's management. `configure`, because most clients declare again what they use; a declaration that
 * differs is refused by the broker. They bind again too, and a binding asks to write to its queue and to read from its exchange. The
 * default exchange, because that is how a message goes straight to a queue.
 * @see https://www.rabbitmq.com/docs/access-control#authorisation
 */
function permission(
  service: RabbitMqModel,
): Omit<Plain<PermissionSpec>, 'rabbitmqClusterReference'> {
  const queues = service.queues.flatMap(withDeadLetters).map(({ name }) => name);
  const exchanges = service.exchanges.map(({ name }) => name);
  return {
    vhost: VHOST,
    userReference: { name: service.name },
    permissions: {
      configure: anyOf([...queues, ...exchanges]),
      write: anyOf(['amq.default', ...exchanges, ...queues]),
      read: anyOf([...queues, ...exchanges]),
    },
  };
}

/** Names as a regular expression; nothing at all when there are none. */
const anyOf = (names: readonly string[]): string =>
  names.length === 0
    ? '^$'
    : `^(${[...names]
        .sort()
        .map((name) => name.replaceAll('.', '\\.'))
        .join('|')})$`;
