import { bucket, mysql, postgres, redis, trySupply } from '../../../lib/backing-service';
import { ProblemLog, type BackingServiceModel } from '../../../lib/foundation';
import type { Manifest, Provided, Provider, Refusal, ServiceRequest } from '../../../lib';

const definitions = { postgres, mysql, redis, bucket } as const;
export type CloudKind = keyof typeof definitions;

/** What a contract asks for, and what the environment is like. */
export interface Wanted {
  readonly props?: object;
  readonly size?: 'XS' | 'S' | 'M' | 'L' | 'XL';
  readonly deletionPolicy?: 'retain' | 'delete';
  readonly request?: Partial<ServiceRequest>;
}

const least = { postgres: { version: 16 }, mysql: {}, redis: {}, bucket: {} } as const;

export function requestFor(kind: CloudKind, wanted: Wanted = {}): ServiceRequest {
  const { props = {}, size = 'S', deletionPolicy = 'retain', request } = wanted;
  const place = { name: 'orders-db', path: 'shop/orders-db', size, deletionPolicy };
  const definition = definitions[kind] as unknown as {
    resolve: (at: object, given: object, log: ProblemLog) => object;
    outputs: (id: string) => object;
  };
  const contract = definition.resolve(place, { ...least[kind], ...props }, new ProblemLog(''));
  return {
    service: { ...contract, outputs: definition.outputs('orders-db') } as BackingServiceModel,
    application: 'shop',
    environment: 'prod',
    stage: 'prod',
    namespace: 'shop-prod',
    labels: { 'app.kubernetes.io/name': 'orders-db' },
    instances: (count) => count,
    callers: [],
    metrics: [],
    pods: { labels: {}, annotations: {}, pullSecrets: [] },
    scalers: [],
    monitored: false,
    secretStore: {
      kind: 'ClusterSecretStore',
      name: 'vault',
      refreshInterval: '1h',
      entry: (secret) => `shop/${secret}`,
    },
    ...request,
  };
}

/** What a provider makes; it must not refuse. */
export function provided(provider: Provider, kind: CloudKind, wanted?: Wanted): Provided {
  const answer = trySupply(provider, requestFor(kind, wanted));
  if (!answer || 'refused' in answer) throw new Error(JSON.stringify(answer));
  return answer;
}

/** Why a provider refuses, as lines. */
export function refusals(provider: Provider, kind: CloudKind, wanted?: Wanted): readonly string[] {
  const answer = trySupply(provider, requestFor(kind, wanted));
  const refused: readonly Refusal[] = answer && 'refused' in answer ? answer.refused : [];
  return refused.map(({ found, fix }) => `${found}. ${fix}.`);
}

/** The one object of a kind, by its name where there are several. */
export function objectOf({ manifests }: Provided, kind: string, name?: string): Manifest {
  const found = manifests.filter(
    (each) => each.kind === kind && (name === undefined || each.metadata.name === name),
  );
  const [only] = found;
  if (!only || found.length > 1) throw new Error(`${found.length} of ${kind} ${name ?? ''}`);
  return only;
}

/** The keys that the ExternalSecret of the contract will write. */
export function templateOf(made: Provided, name: string): Readonly<Record<string, string>> {
  const { spec } = objectOf(made, 'ExternalSecret', name);
  return (spec as { target: { template: { data: Record<string, string> } } }).target.template.data;
}
