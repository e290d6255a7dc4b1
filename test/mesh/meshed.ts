import { ApiObject } from 'cdk8s';
import { parse } from 'yaml';
import {
  Application,
  Capacity,
  Dns,
  Environment,
  Mesh,
  Platform,
  type EnvironmentProps,
  type Manifest,
  type MeshKind,
} from '../../lib';
import { synthesize, type Synthesis } from '../../lib/testing';

export const good = { image: 'ghcr.io/example/app:1.0.0', health: '/ready' } as const;

/** An environment in which everything can be exposed and scraped. */
export const facts: EnvironmentProps = {
  capacity: Capacity.asDeclared(),
  network: { dns: Dns.kubeDns(), metrics: [{ namespace: 'monitoring' }] },
  gateway: { name: 'public', namespace: 'gateways', peers: [{ namespace: 'gateways' }] },
  domain: 'example.com',
  capabilities: ['reloader', 'observability'],
};

export const meshOf = (kind: MeshKind): Mesh =>
  kind === 'istio' ? Mesh.istioAmbient() : Mesh.linkerd({ kubelet: [{ cidr: '10.0.0.0/16' }] });

/** An application on a platform that has chosen the mesh of its environments. */
export function meshedIn(
  kind: MeshKind,
  environments: Readonly<Record<string, Partial<EnvironmentProps>>>,
  make: (app: Application) => unknown,
): Synthesis {
  return synthesize(
    (platform) => make(new Application(platform, 'shop', { owner: 'team-a' })),
    () =>
      new Platform({
        environments: Object.entries(environments).map(
          ([name, own]) => new Environment(name, { ...facts, domain: `${name}.test`, ...own }),
        ),
        defaults: { mesh: kind },
      }),
  );
}

/** The same in one environment, `dev`. */
export const meshed = (
  mesh: Mesh,
  make: (app: Application) => unknown,
  own: Partial<EnvironmentProps> = {},
): Synthesis => meshedIn(mesh.kind, { dev: { mesh, ...own } }, make);

/** The specs of the mesh's own objects by kind and name. */
export const specs = (
  synthesis: Synthesis,
  environment?: string,
): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    synthesis
      .objects(environment)
      .filter(({ apiVersion }) => /istio|linkerd/.test(apiVersion))
      .map(({ kind, metadata, spec }) => [`${kind}/${metadata.name}`, spec]),
  );

export const selector = (name: string): object => ({
  matchLabels: { 'app.kubernetes.io/name': name, 'app.kubernetes.io/part-of': 'shop' },
});

export const resourcesOf = (synthesis: Synthesis): unknown => {
  const text = synthesis.files.get('dev/shop/kustomization.yaml') ?? '';
  return (parse(text) as { readonly resources: unknown }).resources;
};

export const destinationRule = (app: Application): ApiObject =>
  new ApiObject(app, 'rule', {
    apiVersion: 'networking.istio.io/v1',
    kind: 'DestinationRule',
    metadata: { name: 'shop' },
    spec: { host: 'shop' },
  });

interface Selecting {
  readonly matchLabels: Readonly<Record<string, string>>;
}
interface IstioRule {
  readonly from: readonly {
    readonly source: {
      readonly serviceAccounts?: readonly string[];
      readonly namespaces?: readonly string[];
    };
  }[];
  readonly to: readonly { readonly operation: { readonly ports: readonly string[] } }[];
}
export interface IstioSpec {
  readonly selector: Selecting;
  readonly rules?: readonly IstioRule[];
}
interface LinkerdPolicySpec {
  readonly targetRef: { readonly name: string };
  readonly requiredAuthenticationRefs: readonly { readonly kind: string; readonly name: string }[];
}
interface ServerSpec {
  readonly podSelector: Selecting;
  readonly port: number;
}
interface IdentitiesSpec {
  readonly identityRefs?: readonly { readonly kind: string; readonly name: string }[];
}

const selects = (found: Selecting, workload: string): boolean =>
  found.matchLabels['app.kubernetes.io/name'] === workload;
const specsOf = (manifests: readonly Manifest[], kind: string, group: string): readonly unknown[] =>
  manifests
    .filter((manifest) => manifest.kind === kind && manifest.apiVersion.startsWith(group))
    .map(({ spec }) => spec);

/** Whether a mesh lets a workload call a port of another: as it judges, so what no policy is about is allowed. */
export const allows: Readonly<
  Record<
    MeshKind,
    (manifests: readonly Manifest[], from: string, to: string, port: number) => boolean
  >
> = {
  istio: (manifests, from, to, port) => {
    const all = specsOf(manifests, 'AuthorizationPolicy', 'security.istio.io/') as IstioSpec[];
    const own = all.filter((spec) => selects(spec.selector, to));
    const fits = ({ from: sources, to: targets }: IstioRule): boolean =>
      sources.some(({ source }) => source.serviceAccounts?.includes(from)) &&
      targets.some(({ operation }) => operation.ports.includes(String(port)));
    return own.length === 0 || own.some(({ rules = [] }) => rules.some(fits));
  },
  linkerd: (manifests, from, to, port) => {
    const isOfGroup = ({ apiVersion }: Manifest): boolean =>
      apiVersion.startsWith('policy.linkerd.io/');
    const own = manifests.filter(isOfGroup);
    const servers = own.filter(({ kind, spec }) => {
      const found = spec as ServerSpec;
      return kind === 'Server' && selects(found.podSelector, to) && found.port === port;
    });
    const passes = ({ kind, name }: { readonly kind: string; readonly name: string }): boolean =>
      own.some(
        (manifest) =>
          manifest.kind === kind &&
          manifest.metadata.name === name &&
          (manifest.spec as IdentitiesSpec).identityRefs?.some(
            (ref) => ref.kind === 'ServiceAccount' && ref.name === from,
          ),
      );
    const policies = specsOf(
      own,
      'AuthorizationPolicy',
      'policy.linkerd.io/',
    ) as LinkerdPolicySpec[];
    return (
      servers.length === 0 ||
      policies.some(
        ({ targetRef, requiredAuthenticationRefs }) =>
          servers.some(({ metadata }) => metadata.name === targetRef.name) &&
          requiredAuthenticationRefs.every(passes),
      )
    );
  },
};

interface PolicySpec {
  readonly podSelector: Selecting;
  readonly ingress?: readonly { readonly from: readonly Peer[]; readonly ports: readonly Port[] }[];
  readonly egress?: readonly { readonly to: readonly Peer[]; readonly ports: readonly Port[] }[];
}
interface Peer {
  readonly podSelector?: Selecting;
  readonly namespaceSelector?: unknown;
}
interface Port {
  readonly port: number;
}

/** Whether network policies let a workload reach a port of another: out of the one, and into the other. */
export function reaches(
  manifests: readonly Manifest[],
  from: string,
  to: string,
  port: number,
): boolean {
  const all = specsOf(manifests, 'NetworkPolicy', 'networking.k8s.io/') as PolicySpec[];
  const has = (peers: readonly Peer[], ports: readonly Port[], name: string): boolean =>
    ports.some((each) => each.port === port) &&
    peers.some(
      (peer) => !peer.namespaceSelector && peer.podSelector && selects(peer.podSelector, name),
    );
  const out = all
    .filter((spec) => selects(spec.podSelector, from))
    .some(({ egress = [] }) => egress.some((rule) => has(rule.to, rule.ports, to)));
  const into = all
    .filter((spec) => selects(spec.podSelector, to))
    .some(({ ingress = [] }) => ingress.some((rule) => has(rule.from, rule.ports, from)));
  return out && into;
}
