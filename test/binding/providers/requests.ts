import {
  trySupply,
  type Provided,
  type Provider,
  type Refusal,
} from '../../../lib/backing-service';
import type { DeletionPolicy, Manifest, ServiceKind, ServiceSize } from '../../../lib/foundation';
import {
  contract,
  requestFor as stockRequest,
  type RequestFacts,
} from '../../../lib/testing/provider-requests';
import type { ServiceRequest } from '../../../lib';

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
  readonly deletionPolicy?: DeletionPolicy;
  readonly facts?: RequestFacts;
  readonly name?: string;
}

/** Without a mesh and without a registry of its own. */
const pods = { labels: {}, annotations: {}, pullSecrets: [] };

/** What an application `shop` asks for in prod, where nobody monitors or scales by messages. */
export function requestFor(kind: ServiceKind, wish: Wish = {}): ServiceRequest {
  const { props, size = 'S', deletionPolicy = 'retain', facts, name } = wish;
  const service = contract(kind, { ...least[kind], ...props }, size, deletionPolicy, name);
  return stockRequest(service, { monitored: false, pods, scalers: [], ...facts });
}

/** What a provider makes; it must not refuse. */
export function provided(provider: Provider, kind: ServiceKind, wish?: Wish): Provided {
  const answer = trySupply(provider, requestFor(kind, wish));
  if (!answer || 'refused' in answer) throw new Error(`${kind}: ${JSON.stringify(answer)}`);
  return answer;
}

/** Why a provider refuses. */
export function refused(provider: Provider, kind: ServiceKind, wish?: Wish): readonly Refusal[] {
  const answer = trySupply(provider, requestFor(kind, wish));
  return answer && 'refused' in answer ? answer.refused : [];
}

/** The same, as one line for each reason. */
export const refusals = (provider: Provider, kind: ServiceKind, wish?: Wish): readonly string[] =>
  refused(provider, kind, wish).map(({ found, fix }) => `${found}. ${fix}.`);

type Made = Pick<Provided, 'manifests' | 'shared'>;

export const manifestsOf = ({ manifests, shared = [] }: Made): readonly Manifest[] => [
  ...shared,
  ...manifests,
];

export const kindsIn = (made: Made): readonly string[] =>
  [...new Set(manifestsOf(made).map(({ kind }) => kind))].sort();

/** The one object of a kind, by its name where there are several. */
export function objectOf(made: Made, kind: string, name?: string): Manifest {
  const found = manifestsOf(made).filter(
    (each) => each.kind === kind && (name === undefined || each.metadata.name === name),
  );
  const [only] = found;
  if (!only || found.length > 1) throw new Error(`${found.length} of ${kind} ${name ?? ''}`);
  return only;
}

export const specOf = (made: Made, kind: string, name?: string): Record<string, unknown> =>
  objectOf(made, kind, name).spec as Record<string, unknown>;

/** What an ExternalSecret writes. */
export function templateOf(made: Made, name: string): Readonly<Record<string, string>> {
  const { target } = specOf(made, 'ExternalSecret', name) as {
    readonly target: { readonly template: { readonly data: Readonly<Record<string, string>> } };
  };
  return target.template.data;
}

/** An environment with room for one of everything. */
export const single = { instances: (): number => 1 };
