import {
  conforms,
  custom,
  describe,
  either,
  fields,
  integer,
  isBag,
  isDnsLabel,
  isLabelKey,
  isLabelValue,
  isText,
  list,
  optional,
  some,
  text,
  type NetworkPolicyPeer,
  type Shape,
} from '../foundation';
import { isIPv6 } from 'node:net';
import { blockShape, isEverywhere, isWithin } from './blocks';

/** Pods elsewhere in the cluster: by the name of their namespace, their labels, or both. */
export interface PodPeer {
  /** @default every namespace */
  readonly namespace?: string;
  readonly pods?: Readonly<Record<string, string>>;
}

/** Addresses outside the pod network, such as a node-local cache or a load balancer. */
export interface CidrPeer {
  readonly cidr: string;
  readonly except?: readonly string[];
}

/** The other end of a connection that depends on the cluster. */
export type Peer = PodPeer | CidrPeer;

const cidr = blockShape();
const block = fields(
  { cidr, except: optional(list(cidr, 'a list of address blocks')) },
  "{ cidr: '10.0.0.0/8' }",
);
export const cidrPeer: Shape = {
  give: block.give,
  check: (value, path, log) => {
    if (!conforms(block, value, path, log)) return;
    const { cidr: outer, except = [] } = value as CidrPeer;
    for (const inner of except.filter((each) => !isWithin(each, outer))) {
      const found = `${path}.except has ${inner}, which is no part of ${outer}`;
      log.error('PropInvalid', found, 'Give smaller blocks of the same addresses');
    }
  },
};

const labels = custom(
  (value) =>
    isBag(value) &&
    Object.keys(value).length > 0 &&
    Object.entries(value).every(
      ([key, label]) => isLabelKey(key) && typeof label === 'string' && isLabelValue(label),
    ),
  "labels such as { app: 'gateway' }",
  'LabelInvalid',
);
const podPeer = fields(
  {
    namespace: optional(text('the name of a namespace', isDnsLabel, 'NamespaceInvalid')),
    pods: optional(labels),
  },
  '{ namespace?, pods? } or { cidr }',
);

const peerShape: Shape = either(
  (value) => (isBag(value) && 'cidr' in value ? cidrPeer : podPeer),
  podPeer.give,
);
export const peersShape: Shape = list(peerShape, 'a list of peers');

const placeShape: Shape = {
  give: podPeer.give,
  check: (value, path, log) => {
    if (!conforms(peerShape, value, path, log) || !isAnywhere(value as Peer)) return;
    const found = `${path} is ${describe(value)}, which is everywhere`;
    log.error('PropInvalid', found, 'Say where it is: blocks, a namespace or labels');
  },
};
const isAnywhere = (peer: Peer): boolean =>
  'cidr' in peer
    ? isEverywhere(peer.cidr)
    : peer.namespace === undefined && peer.pods === undefined;

/** Where something is: at least one peer, none of which is everywhere. */
export const placesShape: Shape = some(placeShape, 'at least one peer');

/** A peer as a NetworkPolicy writes it. */
export function networkPolicyPeer(peer: Peer): NetworkPolicyPeer {
  if ('cidr' in peer) {
    return { ipBlock: { cidr: peer.cidr, ...(peer.except && { except: peer.except }) } };
  }
  const name = peer.namespace;
  return {
    namespaceSelector:
      name === undefined ? {} : { matchLabels: { 'kubernetes.io/metadata.name': name } },
    ...(peer.pods && { podSelector: { matchLabels: peer.pods } }),
  };
}

/** Where the pods of a cluster ask for names. */
export interface Dns {
  readonly peers: readonly Peer[];
  /** The pods' own, not the Service's. @default [53] */
  readonly ports?: readonly number[];
}

/** The usual ways in which clusters resolve names. There is no default: a wrong guess leaves every pod without DNS. */
export const Dns = Object.freeze({
  /** CoreDNS or kube-dns in `kube-system`. */
  kubeDns: (): Dns => ({
    peers: [{ namespace: 'kube-system', pods: { 'k8s-app': 'kube-dns' } }],
  }),
  /** NodeLocal DNSCache, and kube-dns behind it. The stock address is 169.254.20.10. */
  nodeLocal: (address = '169.254.20.10'): Dns => ({
    peers: [
      { cidr: isText(address) ? `${address}/${isIPv6(address) ? 128 : 32}` : '' },
      ...Dns.kubeDns().peers,
    ],
  }),
  /** OpenShift's DNS operator, whose pods listen on 5353. */
  openShift: (): Dns => ({
    peers: [
      {
        namespace: 'openshift-dns',
        pods: { 'dns.operator.openshift.io/daemonset-dns': 'default' },
      },
    ],
    ports: [5353],
  }),
});

export const dnsShape: Shape = fields(
  {
    // Without peers or ports, the rule would allow all.
    peers: some(peerShape, 'at least one peer'),
    ports: optional(
      some(integer(1, 65535, 'a port from 1 to 65535', 'PortInvalid'), 'at least one port'),
    ),
  },
  'Dns.kubeDns(), Dns.nodeLocal(), Dns.openShift() or { peers, ports? }',
);
