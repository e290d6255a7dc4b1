import type {
  BindingSpec,
  ExchangeSpec,
  PermissionSpec,
  QueueSpec,
  UserSpec,
} from '../../../../imports/rabbitmq.com';
import { createHash } from 'node:crypto';
import type { ServiceRequest } from '../../../backing-service';
import type {
  ExchangeModel,
  Manifest,
  Plain,
  QueueBindingModel,
  QueueModel,
  RabbitMqModel,
} from '../../../foundation';

type Request = ServiceRequest<RabbitMqModel>;

/** How the messaging topology operator reaches a broker, and whom it lets in. */
export interface BrokerAccess {
  /** The Secret with `uri`, `username` and `password` of the management API. */
  readonly management: string;
  /** The Secret with `username` and `password` of the workloads' user. */
  readonly user: string;
}

const VHOST = '/';
const ALL = '.*';

/** A spec without the reference to the broker, which all have. */
type At<S> = Omit<Plain<S>, 'rabbitmqClusterReference'>;

/**
 * The queues, exchanges and bindings of a broker, and the user of the workloads, by the messaging topology operator.
 * @see https://www.rabbitmq.com/kubernetes/operator/using-topology-operator
 */
export function topology(request: Request, access: BrokerAccess): readonly Manifest[] {
  const { service } = request;
  const at = { rabbitmqClusterReference: { connectionSecret: { name: access.management } } };
  const place = (kind: string, name: string, spec: object): Manifest => ({
    apiVersion: 'rabbitmq.com/v1beta1',
    kind,
    // Pruning follows a change of the topology; what is in a queue has the queue's own policy.
    metadata: { name, labels: request.labels },
    spec: { ...at, ...spec },
  });
  const named = (...parts: readonly string[]) => topologyName(service.name, parts);
  const user: At<UserSpec> = { importCredentialsSecret: { name: access.user } };
  return [
    place('User', service.name, user),
    place('Permission', service.name, permissionSpec(service.name)),
    ...service.queues
      .flatMap(withDeadLetters)
      .map((queue) => place('Queue', named(queue.name), queueSpec(queue, service))),
    ...service.exchanges.map((exchange) =>
      place('Exchange', named(exchange.name), exchangeSpec(exchange)),
    ),
    ...service.bindings.map((binding) => {
      const { exchange, queue, routingKey } = binding;
      return place('Binding', named(exchange, queue, routingKey), bindingSpec(binding));
    }),
  ];
}

// Clients declare queues that are there already, for which RabbitMQ asks the right to configure.
const permissionSpec = (user: string): At<PermissionSpec> => ({
  vhost: VHOST,
  userReference: { name: user },
  permissions: { configure: ALL, write: ALL, read: ALL },
});

const exchangeSpec = ({ name, type }: ExchangeModel): At<ExchangeSpec> => ({
  name,
  type,
  vhost: VHOST,
  durable: true,
  autoDelete: false,
});

const bindingSpec = ({ exchange, queue, routingKey }: QueueBindingModel): At<BindingSpec> => ({
  source: exchange,
  destination: queue,
  destinationType: 'queue',
  routingKey,
  vhost: VHOST,
});

const withDeadLetters = (queue: QueueModel): readonly QueueModel[] =>
  queue.deadLetter === undefined ? [queue] : [queue, { name: queue.deadLetter, type: queue.type }];

function queueSpec(
  { name, type, deadLetter, messageTtlSeconds, deliveryLimit }: QueueModel,
  { deletionPolicy }: RabbitMqModel,
): At<QueueSpec> {
  const settings = {
    ...(deadLetter !== undefined && {
      // The exchange without a name brings a message to the queue that is named.
      'x-dead-letter-exchange': '',
      'x-dead-letter-routing-key': deadLetter,
    }),
    ...(deliveryLimit !== undefined && { 'x-delivery-limit': deliveryLimit }),
    ...(messageTtlSeconds !== undefined && { 'x-message-ttl': messageTtlSeconds * 1000 }),
  };
  return {
    name,
    type,
    vhost: VHOST,
    durable: true,
    autoDelete: false,
    deletionPolicy,
    ...(Object.keys(settings).length > 0 && { arguments: settings }),
  };
}

/** The name of an object for what RabbitMQ calls as it likes: a hash keeps apart what reads the same. */
function topologyName(id: string, parts: readonly string[]): string {
  const readable = parts
    .join('-')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  if (parts.length === 1 && readable === parts[0]) return `${id}-${readable}`;
  const hash = createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 8);
  return `${id}-${readable === '' ? '' : `${readable}-`}${hash}`;
}
