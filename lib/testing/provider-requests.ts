import {
  bucket,
  kafkaTopic,
  mysql,
  postgres,
  rabbitmq,
  redis,
  trySupply,
  type BucketProps,
  type KafkaTopicProps,
  type MySqlProps,
  type PostgresProps,
  type Provided,
  type Provider,
  type RabbitMqProps,
  type RedisProps,
  type Refusal,
  type ServiceDefinition,
  type ServicePods,
  type ServiceProps,
  type ServiceRequest,
} from '../backing-service';
import {
  isBag,
  ProblemLog,
  recommendedLabels,
  serviceSizes,
  type BackingServiceModel,
  type DeletionPolicy,
  type ServiceKind,
  type ServiceSize,
} from '../foundation';

/** What a provider is asked for in the checks, where it differs from the stock request. */
export type RequestFacts = Partial<Omit<ServiceRequest, 'service' | 'labels'>>;

type Asking<P extends ServiceProps> = Partial<Omit<P, keyof ServiceProps>>;

/** What the checks ask for beside the least, by kind: `{ redis: { version: 6 } }` where a provider has no other. */
export interface AskedProps {
  readonly postgres?: Asking<PostgresProps>;
  readonly mysql?: Asking<MySqlProps>;
  readonly redis?: Asking<RedisProps>;
  readonly rabbitmq?: Asking<RabbitMqProps>;
  readonly 'kafka-topic'?: Asking<KafkaTopicProps>;
  readonly bucket?: Asking<BucketProps>;
}

/** What the checks of a provider take for granted. */
export interface CheckFacts extends RequestFacts {
  /** @default PostgreSQL 16, Redis 7, and of everything else what its constructs have by themselves */
  readonly props?: AskedProps;
}

/** What each kind is, as applications have it. */
export const definitions = {
  postgres,
  mysql,
  redis,
  rabbitmq,
  'kafka-topic': kafkaTopic,
  bucket,
} as const;

/** Such as a mesh and a private registry would ask for. */
const POD_WISHES: ServicePods = {
  labels: { 'istio.io/dataplane-mode': 'none' },
  annotations: { 'linkerd.io/inject': 'disabled' },
  pullSecrets: ['registry'],
};

/** The least that a team asks for, by kind. */
const props = {
  postgres: { version: 16 },
  mysql: {},
  redis: {},
  rabbitmq: {
    queues: { orders: {} },
    exchanges: { events: { type: 'topic' } },
    bindings: [{ exchange: 'events', queue: 'orders', routingKey: 'order.*' }],
  },
  'kafka-topic': {},
  bucket: {},
} as const;

/** What no provider has. */
const impossible: Readonly<Partial<Record<ServiceKind, readonly Impossible[]>>> = {
  postgres: [
    { props: { version: 99 }, wanted: '99' },
    { props: { extensions: ['no_such_extension'] }, wanted: 'no_such_extension' },
  ],
  mysql: [{ props: { version: '1.0' }, wanted: '1.0' }],
  redis: [{ props: { version: 20 }, wanted: '20' }],
};

interface Impossible {
  readonly props: object;
  /** What a refusal must name. */
  readonly wanted: string;
}

/** A contract as an application would have it. */
export function contract(
  kind: ServiceKind,
  given: object,
  size: ServiceSize,
  deletionPolicy: DeletionPolicy,
  name = 'orders-db',
): BackingServiceModel {
  const definition = definitions[kind] as unknown as ServiceDefinition;
  const place = { name, path: `shop/${name}`, size, deletionPolicy };
  const made = definition.resolve(place, given, new ProblemLog(''));
  return { ...made, outputs: definition.outputs(name) };
}

/** The stock request, as it is where the facts say nothing else. */
export function requestFor(service: BackingServiceModel, facts: RequestFacts): ServiceRequest {
  return {
    application: 'shop',
    environment: 'prod',
    stage: 'prod',
    namespace: 'shop-prod',
    instances: (wanted) => wanted,
    pods: POD_WISHES,
    scalers: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'keda' } } }],
    callers: [{ name: 'orders', selector: { 'app.kubernetes.io/name': 'orders' } }],
    metrics: [
      { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } },
    ],
    monitored: true,
    secretStore: {
      kind: 'ClusterSecretStore',
      name: 'vault',
      refreshInterval: '1h',
      entry: (secret) => `shop/${secret}`,
    },
    ...facts,
    service,
    labels: recommendedLabels({ application: 'shop', name: service.name, component: service.kind }),
  };
}

/** What a provider answers. */
export type Answer = Provided | { readonly refused: readonly Refusal[] };

/** One request and the answer to it, with words that tell it from the others. */
export interface Asked {
  readonly where: string;
  readonly request: ServiceRequest;
  readonly answer: Answer;
}

/** What a provider is asked for of one kind: everything in every size, and what nobody has. */
export interface Questions {
  readonly asked: readonly Asked[];
  readonly impossible: readonly (Asked & Pick<Impossible, 'wanted'>)[];
}

export function questionsOf(
  provider: Provider,
  kind: ServiceKind,
  { props: wishes, ...facts }: CheckFacts,
): Questions {
  const common = { ...props[kind], ...wishes?.[kind] };
  const ask = (given: object, size: ServiceSize, deletion: DeletionPolicy): Asked => {
    const request = requestFor(contract(kind, { ...common, ...given }, size, deletion), facts);
    return { where: `size ${size}, ${deletion}`, request, answer: answerTo(provider, request) };
  };
  return {
    asked: serviceSizes.flatMap((size) => [ask({}, size, 'retain'), ask({}, size, 'delete')]),
    impossible: (impossible[kind] ?? []).map(({ props: given, wanted }) => ({
      ...ask(given, 'S', 'retain'),
      where: `wanting ${wanted}`,
      wanted,
    })),
  };
}

/** Asks a provider; one that returns nothing refuses without a word. */
export function answerTo(provider: Provider, request: ServiceRequest): Answer {
  const answer: unknown = trySupply(provider, request);
  return isBag(answer) ? (answer as unknown as Answer) : { refused: [] };
}
