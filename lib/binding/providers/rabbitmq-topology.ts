import type {
  BindingSpec,
  ExchangeSpec,
  PermissionSpec,
  QueueSpec,
  UserSpec,
} from '../../../imports/rabbitmq.com';
import type {
  ExchangeModel,
  Manifest,
  Plain,
  QueueBindingModel,
  QueueModel,
  RabbitMqModel,
} from '../../foundation';
import { hashedName } from '../../workload';

const API = 'rabbitmq.com/v1beta1';
const VHOST = '/';

/** A broker, and whom it lets in. */
export interface Broker {
  /** How the messaging topology operator reaches it. */
  readonly reference: Plain<QueueSpec>['rabbitmqClusterReference'];
  /** The Secret with `username` and `password` of the workloads' user, which the operator reads once, when it makes the user. */
  readonly user: string;
  /** What the user may do, as regular expressions of names. */
  readonly permissions: Plain<PermissionSpec>['permissions'];
}

/** A spec without the reference to the broker, which all have. */
type Of<S> = Omit<Plain<S>, 'rabbitmqClusterReference'>;

/**
 * What the team declared, and the user of its workloads, by the messaging topology operator.
 * @see https://www.rabbitmq.com/kubernetes/operator/using-topology-operator
 */
export function topology(
  service: RabbitMqModel,
  labels: Readonly<Record<string, string>>,
  { reference: rabbitmqClusterReference, user: name, permissions }: Broker,
): readonly Manifest[] {
  const object = (kind: string, objectName: string, spec: object): Manifest => ({
    apiVersion: API,
    kind,
    metadata: { name: objectName, labels },
    spec: { ...spec, rabbitmqClusterReference },
  });
  const named = (kind: string, of: string): string => nameOf(service.name, kind, of);
  const user: Of<UserSpec> = { importCredentialsSecret: { name } };
  const permission: Of<PermissionSpec> = {
    vhost: VHOST,
    userReference: { name: service.name },
    permissions,
  };
  return [
    ...withDeadLetters(service).map((queue) =>
      object('Queue', named('Queue', queue.name), queueSpec(queue, service)),
    ),
    ...service.exchanges.map((exchange) =>
      object('Exchange', named('Exchange', exchange.name), exchangeSpec(exchange)),
    ),
    ...service.bindings.map((binding) => {
      const { exchange, queue, routingKey } = binding;
      const of = JSON.stringify([exchange, queue, routingKey]);
      return object('Binding', named('Binding', of), bindingSpec(binding));
    }),
    object('User', service.name, user),
    object('Permission', service.name, permission),
  ];
}

/** Queues may have names that no object can have. */
function nameOf(service: string, kind: string, of: string): string {
  const plain = `${service}-${of}`;
  if (/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(plain) && plain.length <= 200) return plain;
  const readable = `${service}-${kind.toLowerCase()}-${of}`.toLowerCase();
  return hashedName(readable.replace(/[^a-z0-9]+/g, '-'), of);
}

/** The queues, and those of their dead letters: of the same type, and without dead letters of their own, as they wait for people. */
export const withDeadLetters = ({ queues }: RabbitMqModel): readonly QueueModel[] =>
  queues.flatMap((queue) => {
    const { deadLetter: name, type } = queue;
    return name === undefined ? [queue] : [queue, { name, type }];
  });

/**
 * The default exchange, whose name is empty, brings a dead letter to the queue that is named.
 * @see https://www.rabbitmq.com/docs/dlx
 */
function queueSpec(
  { name, type, deadLetter, deliveryLimit, messageTtlSeconds }: QueueModel,
  { deletionPolicy }: RabbitMqModel,
): Of<QueueSpec> {
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

const exchangeSpec = ({ name, type }: ExchangeModel): Of<ExchangeSpec> => ({
  name,
  vhost: VHOST,
  type,
  durable: true,
  autoDelete: false,
});

const bindingSpec = ({ exchange, queue, routingKey }: QueueBindingModel): Of<BindingSpec> => ({
  vhost: VHOST,
  source: exchange,
  destination: queue,
  destinationType: 'queue',
  ...(routingKey !== '' && { routingKey }),
});
