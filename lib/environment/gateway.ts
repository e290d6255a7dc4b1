import {
  custom,
  fields,
  integer,
  isBag,
  isDnsLabel,
  isLabelKey,
  isObjectName,
  isText,
  optional,
  text,
  type ProblemLog,
  type Shape,
} from '../foundation';
import { peersShape, type Peer } from './peers';

/** Who issues certificates: an issuer of cert-manager. */
export interface Issuer {
  /** An `Issuer` stands in the namespace of each application, and somebody else puts it there. */
  readonly kind: 'ClusterIssuer' | 'Issuer';
  readonly name: string;
}

/** A listener for each hostname of an application, with a certificate of its own, in a ListenerSet beside its routes. */
export interface ListenerSets {
  readonly issuer: Issuer;
  /** Where the gateway listens for HTTPS. @default 443 */
  readonly port?: number;
}

/** Which Gateway it is, and who speaks for it. */
export interface GatewayFacts {
  readonly name: string;
  readonly namespace: string;
  /** The pods or addresses from which its traffic reaches workloads. */
  readonly peers: readonly Peer[];
}

/** The Gateway to which routes attach: at listeners of its own, with certificates of its own, or at those of a ListenerSet. */
export type Gateway = GatewayFacts &
  (
    | {
        /** One listener of it, such as the one for HTTPS. @default every listener that fits, a plaintext one too */
        readonly sectionName?: string;
        readonly listenerSet?: never;
      }
    | {
        /** Takes Gateway API 1.5, cert-manager 1.20, and a Gateway whose `allowedListeners` let the namespaces in. */
        readonly listenerSet: ListenerSets;
        readonly sectionName?: never;
      }
  );

/** The ingress controller of a cluster without the Gateway API. An Ingress tells requests apart by host and path alone. */
export interface IngressController {
  /** The IngressClass. */
  readonly className: string;
  /** The pods or addresses from which its traffic reaches workloads. */
  readonly peers: readonly Peer[];
  /** @default the controller's own certificate */
  readonly issuer?: Issuer;
  /** What the controller reads on every Ingress. */
  readonly annotations?: Readonly<Record<string, string>>;
  /**
   * What it reads beside them on the Ingress of a gRPC service, such as `{ 'nginx.ingress.kubernetes.io/backend-protocol': 'GRPC' }`;
   * `{}` where it goes by the `appProtocol` of the Service. @default gRPC is not carried - a controller that was not told speaks HTTP/1.1
   */
  readonly grpcAnnotations?: Readonly<Record<string, string>>;
}

const name = (give: string): Shape => text(give, isObjectName);

const issuerShape = fields(
  {
    kind: custom(
      (value) => value === 'ClusterIssuer' || value === 'Issuer',
      "'ClusterIssuer' or 'Issuer'",
    ),
    name: name('the name of the issuer'),
  },
  "{ kind: 'ClusterIssuer', name: 'letsencrypt' }",
);

const gatewayFields = fields(
  {
    name: name('the name of the Gateway'),
    namespace: text('the namespace of the Gateway', isDnsLabel, 'NamespaceInvalid'),
    sectionName: optional(name('the name of a listener')),
    listenerSet: optional(
      fields(
        {
          issuer: issuerShape,
          port: optional(integer(1, 65535, 'a port from 1 to 65535', 'PortInvalid')),
        },
        `{ issuer: ${issuerShape.give} }`,
      ),
    ),
    peers: peersShape,
  },
  '{ name, namespace, peers }',
);
export const gatewayShape: Shape = {
  give: gatewayFields.give,
  check: (value, path, log) => {
    gatewayFields.check(value, path, log);
    if (!isBag(value) || value.sectionName === undefined || value.listenerSet === undefined) return;
    const found = `${path} has sectionName beside listenerSet, whose listeners the routes attach to`;
    log.error('PropInvalid', found, 'Remove one');
  },
};

const annotations = custom(
  (value) =>
    isBag(value) && Object.entries(value).every(([key, note]) => isLabelKey(key) && isText(note)),
  "annotations such as { 'example.com/key': 'value' }",
  'LabelInvalid',
);
export const ingressShape = fields(
  {
    className: name('the name of an IngressClass'),
    peers: peersShape,
    issuer: optional(issuerShape),
    annotations: optional(annotations),
    grpcAnnotations: optional(annotations),
  },
  '{ className, peers }',
);

/** Reports two ways in: a workload is exposed by one. */
export function checkWayIn(props: unknown, log: ProblemLog): void {
  if (!isBag(props) || props.gateway === undefined || props.ingress === undefined) return;
  log.error('EnvironmentInvalid', 'it has both gateway and ingress', 'Remove one');
}

/** The annotation by which cert-manager learns who issues the certificates of an object. */
export const issuerAnnotation = ({ kind, name: id }: Issuer): Readonly<Record<string, string>> => ({
  [`cert-manager.io/${kind === 'Issuer' ? 'issuer' : 'cluster-issuer'}`]: id,
});
