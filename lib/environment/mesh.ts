import {
  custom,
  fields,
  integer,
  isBag,
  isLabelKey,
  isLabelValue,
  isText,
  meshKinds,
  optional,
  some,
  text,
  type MeshKind,
  type Shape,
} from '../foundation';
import { cidrPeer, peersShape, type CidrPeer, type Peer } from './peers';

/** Callers without an identity in the mesh, who speak plain text. */
export interface PlainCallers {
  /** Why they are not in the mesh. */
  readonly reason: string;
  /** Their addresses, usually those of all pods: of who has no identity, a mesh knows nothing else. */
  readonly from: readonly CidrPeer[];
}

/** How pods of a place are told that they are in the mesh, or that they are not. */
export interface Membership {
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** The control plane, as far as pods must reach it. */
export interface MeshControlPlane {
  readonly peers: readonly Peer[];
  /** The pods' own, not the Service's. */
  readonly ports: readonly number[];
}

/** What may be said of every mesh. */
export interface MeshOptions {
  /** Whose pods are not in the mesh. Their ports take plain text then, from these addresses alone. @default everybody is in the mesh */
  readonly plain?: { readonly gateway?: PlainCallers; readonly metrics?: PlainCallers };
}

export interface IstioSidecarOptions extends MeshOptions {
  /** The revision or tag of the control plane that injects. @default the default one, by `istio-injection: enabled` */
  readonly revision?: string;
  /** @default istiod in `istio-system`, port 15012 */
  readonly controlPlane?: MeshControlPlane;
}

export interface LinkerdOptions extends MeshOptions {
  /**
   * The addresses from which the kubelet asks pods, usually those of the nodes. Linkerd lets HTTP checks of main containers in by their paths;
   * others (gRPC, HTTPS, those of sidecars) it can only tell by their origin.
   * @default none - an environment where such a check would fail is a problem
   */
  readonly kubelet?: readonly CidrPeer[];
  /**
   * Who may reach the ports of a pod that nobody declared. Operators' pods in the same namespace declare none.
   * @default 'deny' - calls may go through the tunnel to any port; what is not declared is closed
   */
  readonly defaultInboundPolicy?: 'deny' | 'cluster-authenticated' | 'all-authenticated';
  /** @default everything in `linkerd`, ports 8080 (identity), 8086 (destinations) and 8090 (policies) */
  readonly controlPlane?: MeshControlPlane;
}

/** The service mesh of an environment. */
export interface Mesh extends MeshOptions {
  readonly kind: MeshKind;
  /** What makes the pods of a namespace members. */
  readonly members: Membership;
  /** What keeps one pod of such a namespace out. */
  readonly outside: Membership;
  /** The port to which calls are sent in place of the one that they name, and who sends them there. */
  readonly tunnel: { readonly port: number; readonly from: 'everybody' | 'outsiders' };
  /** What the proxy in a pod must reach. @default nothing - no proxy runs in the pod */
  readonly controlPlane?: MeshControlPlane;
  /** The addresses from which the kubelet's checks reach a pod. @default the node's, which every network lets in */
  readonly kubelet?: readonly CidrPeer[];
}

/** Where Istio's ambient mode lets the kubelet's checks come from. */
const AMBIENT_KUBELET: readonly CidrPeer[] = [
  { cidr: '169.254.7.127/32' },
  { cidr: 'fd16:9254:7127:1337:ffff:ffff:ffff:ffff/128' },
];
const ISTIOD: MeshControlPlane = {
  peers: [{ namespace: 'istio-system', pods: { app: 'istiod' } }],
  ports: [15012],
};
const LINKERD: MeshControlPlane = { peers: [{ namespace: 'linkerd' }], ports: [8080, 8086, 8090] };

const mesh = (facts: Mesh): Mesh => Object.freeze(facts);

/** Options that are none reach the check, which says so. */
const given = <T extends object>(options: T): T => (isBag(options) ? options : ({} as T));

/** The meshes that environments choose from. Which language their policies speak is the platform's choice: `defaults: { mesh }`. */
export const Mesh = Object.freeze({
  /**
   * Istio without sidecars: a proxy of the node carries the calls of its pods. Istio 1.25 or newer.
   * @see https://istio.io/latest/docs/ambient/usage/networkpolicy/
   */
  istioAmbient: (options: MeshOptions = {}): Mesh =>
    mesh({
      ...given(options),
      kind: 'istio',
      members: { labels: { 'istio.io/dataplane-mode': 'ambient' } },
      outside: { labels: { 'istio.io/dataplane-mode': 'none' } },
      tunnel: { port: 15008, from: 'everybody' },
      kubelet: AMBIENT_KUBELET,
    }),
  /**
   * Istio with a sidecar in each pod, set up by its CNI plugin: the init container that does it otherwise may not run here. The kubelet's
   * checks go to the sidecar, which asks for it. Istio 1.25 or newer.
   * @see https://istio.io/latest/docs/setup/additional-setup/cni/
   */
  istioSidecar: (options: IstioSidecarOptions = {}): Mesh => {
    const { revision, controlPlane = ISTIOD, ...rest } = given(options);
    return mesh({
      ...rest,
      kind: 'istio',
      members: {
        labels:
          revision === undefined ? { 'istio-injection': 'enabled' } : { 'istio.io/rev': revision },
      },
      outside: { labels: { 'sidecar.istio.io/inject': 'false' } },
      // Sidecars call each other on the port itself; who is in ambient mode does not.
      tunnel: { port: 15008, from: 'outsiders' },
      controlPlane,
    });
  },
  /**
   * Linkerd, with its CNI plugin: the init container that redirects calls otherwise may not run here. Linkerd 2.16 or newer.
   * @see https://linkerd.io/2/common-errors/network-policy/
   */
  linkerd: (options: LinkerdOptions = {}): Mesh => {
    const { controlPlane = LINKERD, defaultInboundPolicy = 'deny', ...rest } = given(options);
    return mesh({
      ...rest,
      kind: 'linkerd',
      members: {
        annotations: {
          'linkerd.io/inject': 'enabled',
          'config.linkerd.io/default-inbound-policy': defaultInboundPolicy,
        },
      },
      outside: { annotations: { 'linkerd.io/inject': 'disabled' } },
      tunnel: { port: 4143, from: 'everybody' },
      controlPlane,
    });
  },
});

const port = integer(1, 65535, 'a port from 1 to 65535', 'PortInvalid');
const blocks = some(cidrPeer, "at least one address block such as { cidr: '10.0.0.0/8' }");
const texts = (isValue: (value: string) => boolean): Shape =>
  custom(
    (value) =>
      isBag(value) &&
      Object.entries(value).every(
        ([key, item]) => isLabelKey(key) && isText(item) && isValue(item),
      ),
    'texts by key',
    'LabelInvalid',
  );
const membership = fields(
  { labels: optional(texts(isLabelValue)), annotations: optional(texts(() => true)) },
  '{ labels?, annotations? }',
);
const plainCallers = fields(
  { reason: text('the reason'), from: blocks },
  "{ reason, from: [{ cidr: '10.0.0.0/8' }] }",
);

export const meshShape: Shape = fields(
  {
    kind: custom((value) => meshKinds.some((kind) => kind === value), meshKinds.join(' or ')),
    members: membership,
    outside: membership,
    tunnel: fields(
      {
        port,
        from: custom(
          (value) => value === 'everybody' || value === 'outsiders',
          "'everybody' or 'outsiders'",
        ),
      },
      '{ port, from }',
    ),
    controlPlane: optional(
      fields({ peers: peersShape, ports: some(port, 'at least one port') }, '{ peers, ports }'),
    ),
    kubelet: optional(blocks),
    plain: optional(
      fields(
        { gateway: optional(plainCallers), metrics: optional(plainCallers) },
        '{ gateway?, metrics? }',
      ),
    ),
  },
  'Mesh.istioAmbient(), Mesh.istioSidecar() or Mesh.linkerd()',
);
