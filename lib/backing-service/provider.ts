import {
  conforms,
  ProblemLog,
  type BackingServiceModel,
  type Manifest,
  type NetworkPolicyPeer,
  type ServiceKind,
  type ServiceStatement,
  type Shape,
} from '../foundation';

/** A workload that uses a backing service. */
export interface Caller {
  readonly name: string;
  /** The labels by which its pods are selected. */
  readonly selector: Readonly<Record<string, string>>;
}

/** What an environment asks of the pods that a provider makes, or has an operator make. */
export interface ServicePods {
  /** Labels that each of them must have, such as those that keep it out of the mesh. */
  readonly labels: Readonly<Record<string, string>>;
  /** Annotations, likewise. */
  readonly annotations: Readonly<Record<string, string>>;
  /** The Secrets of the namespace by which nodes pull their images. */
  readonly pullSecrets: readonly string[];
}

/** What a provider is asked for: a contract, and the place where it is wanted. */
export interface ServiceRequest<M extends BackingServiceModel = BackingServiceModel> {
  readonly service: M;
  readonly application: string;
  readonly environment: string;
  readonly stage: string;
  readonly namespace: string;
  /** The labels of every object that is made for the service. */
  readonly labels: Readonly<Record<string, string>>;
  /**
   * What its own pods must have here. They stay out of the mesh: their operators know nothing of it, and workloads call them in plain TCP.
   * A provider that makes no pods has nothing to do.
   */
  readonly pods: ServicePods;
  /** How many instances of those that were wanted the environment has room for: at least one. */
  readonly instances: (wanted: number) => number;
  /** Those who use it, by name. */
  readonly callers: readonly Caller[];
  /** Who scrapes metrics in this cluster. */
  readonly metrics: readonly NetworkPolicyPeer[];
  /** Who counts waiting messages here, to be let in as the callers are; empty unless a worker scales on this service. */
  readonly scalers: readonly NetworkPolicyPeer[];
  /** Whether the Prometheus operator is there: the environment has the capability `observability`. */
  readonly monitored: boolean;
  /** The ExternalSecrets store of the environment, and the name of an entry in it. */
  readonly secretStore?: {
    readonly kind: 'ClusterSecretStore' | 'SecretStore';
    readonly name: string;
    readonly refreshInterval: string;
    readonly entry: (secret: string) => string;
  };
}

/** Where a backing service is reached from the pods that use it. */
export interface Reach {
  /** Pods of this namespace or others, or address blocks. */
  readonly to: readonly NetworkPolicyPeer[];
  /** TCP ports after Service translation. */
  readonly ports: readonly number[];
}

/** What a container of a backing service takes; one that states nothing takes the defaults of its namespace. */
export interface ContainerDemand {
  /** Kubernetes quantities by resource. */
  readonly resources: {
    readonly requests?: Readonly<Record<string, string>>;
    readonly limits?: Readonly<Record<string, string>>;
  };
  /** Of an init container that stays beside the others. */
  readonly restartPolicy?: 'Always';
}

/** Pods of one form that a provider makes, or has an operator make, in the namespace of the application. */
export interface PodDemand {
  /** How many there are; none of what only runs now and then. */
  readonly pods: number;
  /** How many more there may be for a while: those of a rollout, Jobs of an operator. @default 0 */
  readonly more?: number;
  readonly containers: readonly ContainerDemand[];
  /** Containers that run before the others, one after the other. */
  readonly initContainers?: readonly ContainerDemand[];
}

/** What a provider makes. */
export interface Provided {
  readonly manifests: readonly Manifest[];
  /** Objects that several services have in common; equal ones are written once. */
  readonly shared?: readonly Manifest[];
  /**
   * Objects that an operator makes by itself, such as `Service/orders-db-rw` or `Deployment.apps/orders-db-metrics`: nobody else may have
   * their names.
   */
  readonly claims?: readonly string[];
  /** The same of what several services have in common; each is claimed once. */
  readonly sharedClaims?: readonly string[];
  /**
   * What its pods in the namespace of the application take, for the quota of an environment that has one.
   * @default it makes none - where it does, an environment with a quota cannot be bound
   */
  readonly demand?: readonly PodDemand[];
  /** The same of what several services have in common; equal ones count once. */
  readonly sharedDemand?: readonly PodDemand[];
  readonly reach: readonly Reach[];
  /** The keys that will exist, by Secret or ConfigMap, such as `Secret/orders-db-app`. */
  readonly gives: Readonly<Record<string, readonly string[]>>;
  readonly statement: ServiceStatement;
}

/** Why a provider cannot do what a contract asks for: both sides, and what to do. */
export interface Refusal {
  /** A clause such as `it wants PostgreSQL 19, and inCluster() has 14 to 18`. */
  readonly found: string;
  readonly fix: string;
}

/** How one kind of backing service is supplied. Pure: the same request gives the same objects. */
export type Supply<M extends BackingServiceModel = BackingServiceModel> = (
  request: ServiceRequest<M>,
) => Provided | { readonly refused: readonly Refusal[] };

/** The supplies of a provider by kind; a kind that is missing is not offered. */
export type Supplies = {
  readonly [K in ServiceKind]?: Supply<Extract<BackingServiceModel, { readonly kind: K }>>;
};

/** How an environment supplies backing services. */
export interface Provider {
  /** Its name in messages and in the model, such as `aws()`. */
  readonly name: string;
  readonly supplies: Supplies;
  /** Why it does not offer a kind, where there is more to say than which it offers. */
  readonly lacks?: Readonly<Partial<Record<ServiceKind, Refusal>>>;
  /** What is missing or wrong in the facts that it was given; `path` is where it stands in the environment. */
  readonly check?: (path: string) => readonly Refusal[];
}

/** What is wrong with the facts of a provider, by a shape. */
export function checkFacts(shape: Shape, facts: unknown, path: string): readonly Refusal[] {
  const log = new ProblemLog('');
  conforms(shape, facts, path, log);
  return log.problems.map(({ found, fix }) => ({ found, fix }));
}

/** Asks a provider for a backing service; undefined when it does not offer the kind. */
export function trySupply(
  provider: Provider,
  request: ServiceRequest,
): ReturnType<Supply> | undefined {
  const supply = provider.supplies[request.service.kind] as Supply | undefined;
  return supply?.(request);
}

/** The kinds that a provider offers. */
export const offeredKinds = ({ supplies }: Provider): readonly ServiceKind[] =>
  (Object.keys(supplies) as ServiceKind[]).filter((kind) => supplies[kind] !== undefined);

/** Whether a service is reached at pods of its own namespace: then its provider makes pods there. */
export const isReachedHere = ({ reach }: Pick<Provided, 'reach'>): boolean =>
  reach.some(({ to }) =>
    to.some(
      ({ podSelector, namespaceSelector }) =>
        podSelector !== undefined && namespaceSelector === undefined,
    ),
  );
