import type { Providers } from '../backing-service';
import { captureSource, isBag, isText, type Captured, type Facet } from '../foundation';
import type { Capacity } from './capacity';
import type { GameDays } from './game-days';
import type { Gateway, IngressController } from './gateway';
import type { Identity } from './identity';
import type { LowerRequests } from './lower-requests';
import type { Mesh } from './mesh';
import type { NamespaceRule } from './namespace';
import type { Dns, Peer } from './peers';
import type { HourlyPrices } from './prices';
import type { Quota } from './quota';

/** Where secrets come from: a store of the External Secrets operator. */
export interface SecretStore {
  readonly name: string;
  /** @default 'ClusterSecretStore' - one store for the whole cluster */
  readonly kind?: 'ClusterSecretStore' | 'SecretStore';
  /** The entry of a secret in the store. Must be a pure function. @default `<application>/<secret>` */
  readonly entry?: (application: string, secret: string) => string;
  /** @default '1h' - the operator's own default */
  readonly refreshInterval?: string;
}

/** What the network of the cluster looks like. */
export interface ClusterNetwork {
  /** Required: a wrong guess leaves every pod without names. */
  readonly dns: Dns;
  /** Who scrapes metrics. @default nobody is let in - denied until it is said */
  readonly metrics?: readonly Peer[];
  /** Where the collectors of telemetry are, in the address blocks of the nodes or in pods. @default nothing is let out to them - denied until it is said */
  readonly telemetry?: readonly Peer[];
  /**
   * Where hosts outside the cluster may be. A NetworkPolicy knows addresses, not names, so this is as narrow as it can be said.
   * @default everywhere but the private and link-local ranges (RFC 1918, 3927, 4193, 6598) - there live other teams and the node
   */
  readonly outside?: readonly Peer[];
  /**
   * What in the cluster knows hosts outside by their names: Cilium, which then opens these names and no others, or Istio, which is told them.
   * @default nothing - a workload that names a host outside may reach its port anywhere in `outside`
   */
  readonly names?: NameKeeper;
  /** Where KEDA's operator runs, which asks brokers for the length of queues. @default [{ namespace: 'keda' }] - where its chart puts it */
  readonly keda?: readonly Peer[];
}

/** What knows hosts outside the cluster by name. */
export type NameKeeper = 'cilium' | 'istio';

/** Something that a cluster has or has not: a facet that it can run (`observability` is for `signals` too), Stakater's Reloader, or KEDA, which scales on messages. A mesh is a fact of its own. */
export type Capability = Exclude<Facet, 'mesh' | 'signals'> | 'reloader' | 'keda';

/** What an environment may go without on purpose. */
export type Omittable = Facet | 'keda';

/** The facts of one place where applications run. */
export interface EnvironmentProps {
  readonly capacity: Capacity;
  readonly network: ClusterNetwork;
  /** The domain below which workloads are exposed. */
  readonly domain?: string;
  /** The way in from outside. */
  readonly gateway?: Gateway;
  /** The way in of a cluster without the Gateway API, instead of a gateway. */
  readonly ingress?: IngressController;
  readonly secretStore?: SecretStore;
  /** What supplies backing services: `{ default: inCluster() }`, and others by kind or for one service as `'shop/orders-db'`. */
  readonly providers?: Providers;
  /** How workloads are known to the cloud. @default they are not - a workload that is nobody can do nothing there */
  readonly identity?: Identity;
  /** @default Namespaces.created() */
  readonly namespace?: NamespaceRule;
  /** Secrets with which nodes pull images, present in every namespace. */
  readonly pullSecrets?: readonly string[];
  /** @default none - where the platform has chosen a mesh, `omits` says why */
  readonly mesh?: Mesh;
  /** @default [] */
  readonly capabilities?: readonly Capability[];
  /**
   * What this environment goes without, each with the reason: facets, and `keda`. Without KEDA what scales on messages scales on its use of
   * CPU, and never to zero.
   */
  readonly omits?: Readonly<Partial<Record<Omittable, string>>>;
  /** An image with kubectl on its path, for the Job that restarts workloads after a change of settings where Reloader is missing. */
  readonly restartImage?: string;
  /** The identity of the Prometheus and Grafana that watch it. @default the name of the environment */
  readonly signals?: string;
  /** @default none - a quota that is too tight refuses pods in the middle of an incident */
  readonly quota?: Quota;
  /** @default pods request what was declared - a cluster need not have the Vertical Pod Autoscaler */
  readonly lowerRequests?: LowerRequests;
  /** Whether game days may be held: `{}` where they may, with a reason in the stage `prod`. @default they are refused, by the plan and in the cluster */
  readonly gameDays?: GameDays;
  /** What it costs here, where that is not what the platform says. @default the prices of the platform */
  readonly prices?: HourlyPrices;
}

/** What may differ when one environment is made like another. */
export type LikeProps = Partial<EnvironmentProps>;

/** One place where applications run. `N` is its name, `S` the stage that it stands for. */
export class Environment<const N extends string = string, const S extends string = N> {
  public readonly name: N;
  /** What the environment stands for: `prod-eu` and `prod-us` are both `prod`. */
  public readonly stage: S;
  public readonly props: EnvironmentProps;
  /** The environment that this one was made like. */
  public readonly likeName: string | undefined;
  /** @internal */
  public readonly source: Captured = captureSource();

  public constructor(name: N, props: EnvironmentProps & { readonly stage?: S }, likeName?: string) {
    // Anything else is reported by what it lacks.
    const { stage, ...facts } = isBag(props) ? props : ({} as typeof props);
    this.name = name;
    this.stage = stage ?? (name as unknown as S);
    this.props = facts;
    this.likeName = likeName;
  }

  /**
   * An environment with the same facts, stage and values, such as a preview: `dev.like('pr-12')`.
   * Its domain is a name below the original's, so that no hostname is claimed twice.
   */
  public like<const M extends string>(name: M, differing: LikeProps = {}): Environment<M, S> {
    const { domain } = this.props;
    const below = isText(domain) && isText(name) ? { domain: `${name}.${domain}` } : {};
    const { gateway, ingress, ...others } = this.props;
    // There is one way in, so another takes its place.
    const isOther = isBag(differing) && (differing.gateway ?? differing.ingress) !== undefined;
    const props = {
      ...others,
      ...(!isOther && { ...(gateway && { gateway }), ...(ingress && { ingress }) }),
      signals: this.signals,
      ...below,
      ...differing,
      stage: this.stage,
    };
    return new Environment<M, S>(name, props, this.name);
  }

  public get signals(): string {
    return this.props.signals ?? this.name;
  }

  /** The names by which values are looked up, the most specific first. */
  public get lookup(): readonly string[] {
    const names = [this.name, this.stage, this.likeName];
    return [...new Set(names.filter(isText))];
  }

  /** The value for this environment: by its name, then its stage, then what it is like. */
  public tryResolve<T>(values: Readonly<Record<string, T>>): T | undefined {
    const key = this.lookup.find((name) => Object.hasOwn(values, name));
    return key === undefined ? undefined : values[key];
  }

  public namespace(application: string): string {
    const rule = this.props.namespace;
    return rule ? rule.name(application, this.name) : `${application}-${this.name}`;
  }

  public has(capability: Capability | Facet): boolean {
    if (capability === 'mesh') return this.props.mesh !== undefined;
    const known = capability === 'signals' ? 'observability' : capability;
    return (this.props.capabilities ?? []).includes(known);
  }
}

/**
 * What a platform asks of its environments. Without `stage`: asked for it, TypeScript would infer `string` for the stage of an
 * environment that states none.
 */
export type AnyEnvironment = Pick<
  Environment,
  'name' | 'props' | 'likeName' | 'signals' | 'lookup'
>;
