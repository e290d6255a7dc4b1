import {
  bucket,
  kafkaTopic,
  mysql,
  postgres,
  rabbitmq,
  redis,
  trySupply,
  type Provided,
  type Refusal,
  type ServiceDefinition,
  type ServiceRequest,
} from '../../../../lib/backing-service';
import {
  ProblemLog,
  recommendedLabels,
  type BackingServiceModel,
  type DeletionPolicy,
  type Manifest,
  type ServiceKind,
  type ServiceSize,
} from '../../../../lib/foundation';
import { inCluster, type InClusterProps } from '../../../../lib';

const definitions = {
  postgres,
  mysql,
  redis,
  rabbitmq,
  'kafka-topic': kafkaTopic,
  bucket,
} as const;

const least: Readonly<Record<ServiceKind, object>> = {
  postgres: { version: 16 },
  mysql: {},
  redis: {},
  rabbitmq: { queues: { orders: {} } },
  'kafka-topic': {},
  bucket: {},
};

/** What is asked for, where it differs from the least. */
export interface Wish {
  readonly props?: object;
  readonly size?: ServiceSize;
  readonly deletion?: DeletionPolicy;
  readonly options?: InClusterProps;
  readonly facts?: Partial<ServiceRequest>;
  readonly name?: string;
}

function requestFor(kind: ServiceKind, wish: Wish): ServiceRequest {
  const { size = 'S', deletion: deletionPolicy = 'retain', name = 'orders-db' } = wish;
  const definition = definitions[kind] as unknown as ServiceDefinition;
  const place = { name, path: `shop/${name}`, size, deletionPolicy };
  const props = { ...least[kind], ...wish.props } as never;
  const made = definition.resolve(place, props, new ProblemLog(''));
  const service: BackingServiceModel = { ...made, outputs: definition.outputs(name) };
  return {
    application: 'shop',
    environment: 'prod',
    stage: 'prod',
    namespace: 'shop-prod',
    instances: (wanted) => wanted,
    callers: [{ name: 'orders', selector: { 'app.kubernetes.io/name': 'orders' } }],
    metrics: [
      { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } },
    ],
    pods: { labels: {}, annotations: {}, pullSecrets: [] },
    scalers: [],
    monitored: false,
    ...wish.facts,
    service,
    labels: recommendedLabels({ application: 'shop', name, component: kind }),
  };
}

const ask = (kind: ServiceKind, wish: Wish) =>
  trySupply(inCluster(wish.options), requestFor(kind, wish));

/** What inCluster() makes. */
export function supplied(kind: ServiceKind, wish: Wish = {}): Provided {
  const answer = ask(kind, wish);
  if (!answer || 'refused' in answer) {
    throw new Error(`${kind} is refused: ${JSON.stringify(answer)}`);
  }
  return answer;
}

/** Why inCluster() makes nothing, as one line for each reason. */
export function refusals(kind: ServiceKind, wish: Wish = {}): readonly string[] {
  const answer = ask(kind, wish);
  const refused: readonly Refusal[] = answer && 'refused' in answer ? answer.refused : [];
  return refused.map(({ found, fix }) => `${found}. ${fix}.`);
}

export const manifestsOf = ({ manifests, shared = [] }: Provided): readonly Manifest[] => [
  ...shared,
  ...manifests,
];

/** The spec of the one object of a kind. */
export function specOf(provided: Provided, kind: string): object {
  const found = manifestsOf(provided).filter((manifest) => manifest.kind === kind);
  if (found.length !== 1) throw new Error(`${found.length} objects of kind ${kind}`);
  return found[0]?.spec as object;
}

/** What an ExternalSecret writes. */
export function templateOf(provided: Provided, name: string): unknown {
  const secret = provided.manifests.find(
    ({ kind, metadata }) => kind === 'ExternalSecret' && metadata.name === name,
  );
  return (secret?.spec as { target: { template: { data: unknown } } }).target.template.data;
}

export const kindsIn = (provided: Provided): readonly string[] =>
  [...new Set(manifestsOf(provided).map(({ kind }) => kind))].sort();

/** An environment with room for one of everything. */
export const single = { instances: (): number => 1 };
