import {
  Application,
  Capacity,
  Environment,
  existing,
  KafkaTopic,
  Platform,
  RabbitMq,
  Worker,
  type Provider,
} from '../../../lib';
import { synthesize } from '../../../lib/testing';
import { bare, untyped, web, worker, type Case, type Cases } from './making';

const image = 'x/y:1';
const plain = {
  engine: 'a broker',
  to: [{ namespace: 'brokers' }],
  ports: [5672],
  tls: 'none',
} as const;

/** Workloads in one environment with KEDA, unless the facts say something else. */
const inDev = (make: (app: Application) => unknown, facts: object = {}): Case => {
  return () => {
    const all = {
      ...bare,
      capacity: Capacity.asDeclared(),
      capabilities: ['keda'],
      providers: { default: existing(plain) },
      ...facts,
    };
    const environments = [new Environment('dev', untyped(all))];
    return synthesize(
      (app) => make(new Application(app, 'shop', { owner: 'team-a' })),
      () => new Platform({ environments }),
    ).problems;
  };
};

/** A worker on a queue; the names may be any, as in plain JavaScript. */
const onQueue =
  (queue: string, perReplica: unknown = 50, scale: object = { min: 0, max: 20 }) =>
  (app: Application): void => {
    const broker = new RabbitMq(app, 'broker', { queues: { mails: {}, orders: {} } });
    const on = broker.queue(untyped(queue)).length(untyped(perReplica));
    new Worker(app, 'mailer', { image, scale: untyped({ ...scale, on }) });
  };

/** A worker on a topic of three partitions. */
const onTopic =
  (lag: object = {}, scale: object = { min: 0, max: 3 }, uses = true) =>
  (app: Application): void => {
    const events = new KafkaTopic(app, 'events', { partitions: 3 });
    const on = events.lag(untyped({ group: 'mailer', perReplica: 1000, ...lag }));
    const props = { image, scale: { ...scale, on }, ...(uses && { uses: [events] }) };
    new Worker(app, 'mailer', untyped(props));
  };

/** existing() without some of the keys that it gives. */
function lacking(...keys: readonly string[]): {
  readonly providers: { readonly default: Provider };
} {
  const inner = existing(plain);
  const supply = (request: never): unknown => {
    const answer = inner.supplies.rabbitmq?.(request);
    if (!answer || 'refused' in answer) return answer;
    const gives = Object.entries(answer.gives).map(([object, given]) => [
      object,
      given.filter((key) => !keys.includes(key)),
    ]);
    return { ...answer, gives: Object.fromEntries(gives) as object };
  };
  return { providers: { default: { name: 'lacking()', supplies: untyped({ rabbitmq: supply }) } } };
}

const scaleless = 'Give a number of replicas from 1';

/** For each code of scaling on messages, ways to get it. */
export const casesOfScaling: Cases = {
  KedaMissing: [
    [
      inDev(onQueue('mails'), { capabilities: [] }),
      "KedaMissing at shop/mailer in dev: it scales on messages of broker, and the environment has no KEDA. Give the environment the capability 'keda', or a reason in omits.keda: it then scales on CPU, and never to zero.",
    ],
  ],
  PropInvalid: [
    [
      worker({ scale: { min: 0, max: 3 } }),
      `PropInvalid at test/w: scale.min is 0. ${scaleless}; 0 needs scale.on.`,
    ],
    [
      web({ scale: { min: 0, max: 3 } }),
      `PropInvalid at test/orders: scale.min is 0. ${scaleless}.`,
    ],
    [
      worker({ scale: { min: 0, max: 3, on: 'mails' } }),
      "PropInvalid at test/w: scale.on is 'mails'. Give broker.queue('…').length(…) or topic.lag({ group, perReplica }).",
    ],
    [
      inDev(onQueue('mails', 0)),
      'PropInvalid at shop/mailer: scale.on.perReplica is 0. Give how many messages one replica takes, a whole number from 1.',
    ],
    [
      inDev(onTopic({ group: 'a b' })),
      "PropInvalid at shop/mailer: scale.on.group is 'a b'. Give the consumer group, of letters, digits, dots, _ and -.",
    ],
    [
      inDev(onTopic({ offsetReset: 'none' })),
      "PropInvalid at shop/mailer: scale.on.offsetReset is 'none'. Give 'latest' or 'earliest'.",
    ],
  ],
  PropMissing: [
    [
      inDev(onTopic({ group: undefined })),
      'PropMissing at shop/mailer: scale.on.group is missing. Give the consumer group, of letters, digits, dots, _ and -.',
    ],
  ],
  PropUnknown: [
    [
      web({ scale: { min: 1, max: 3, on: 'mails' } }),
      'PropUnknown at test/orders: there is no prop scale.on. Remove it; known are min, max, targetCpuPercent.',
    ],
    [
      inDev(onTopic({ grup: 'mailer' })),
      'PropUnknown at shop/mailer: there is no prop scale.on.grup. Write group.',
    ],
  ],
  TriggerInvalid: [
    [
      inDev(onQueue('mail')),
      "TriggerInvalid at shop/mailer: scale.on counts 'mail', which is no queue of broker. Write mails.",
    ],
    [
      inDev(onQueue('invoices')),
      "TriggerInvalid at shop/mailer: scale.on counts 'invoices', which is no queue of broker. Declare it; there is mails, mails.dead, orders, orders.dead.",
    ],
    [
      inDev(onTopic({}, { min: 0, max: 20 })),
      'TriggerInvalid at shop/mailer: scale.max is 20, and events has 3 partitions, each read by one replica of a group. Set scale.max to 3 or less, or give the topic 20 partitions.',
    ],
    [
      inDev(onTopic({}, { min: 0, max: 3 }, false)),
      'TriggerInvalid at shop/mailer: scale.on reads the lag on events, and no variable of the container holds its bootstrapServers. Add events to uses.',
    ],
  ],
  TriggerSecretMissing: [
    [
      inDev(onQueue('mails'), lacking('connection_string')),
      'TriggerSecretMissing at shop/mailer in dev: it scales on messages of broker, and lacking() gives no Secret with connection_string. Let the provider give connection_string of broker.',
    ],
    [
      inDev(onTopic(), {
        providers: { default: existing({ ...plain, keys: ['username', 'password'] }) },
      }),
      'TriggerSecretMissing at shop/mailer in dev: existing() gives a username and password of events, and does not say how clients log in. Let the provider state saslMechanism.',
    ],
    [
      inDev(onTopic(), {
        providers: { default: existing({ ...plain, saslMechanism: 'PLAIN' }) },
      }),
      'TriggerSecretMissing at shop/mailer in dev: existing() says that clients of events log in by PLAIN, and gives no username and password. Let the provider give username and password.',
    ],
  ],
};
