import type { Provided, Refusal } from '../backing-service';
import { describe, type Manifest, type ServiceStatement } from '../foundation';
import type { Asked } from './provider-requests';

/** A refusal that does not say what was found and how to fix it. */
export function unsaid(where: string, refused: readonly Refusal[]): readonly string[] {
  if (refused.length === 0) return [`${where}: returns nothing that is made or refused`];
  return refused.every(({ found, fix }) => found !== '' && fix !== '')
    ? []
    : [`${where}: is refused without found and fix`];
}

/** Refusals none of which names what was wanted, and after it what there is. */
export const oneSided = (
  where: string,
  refused: readonly Refusal[],
  wanted: string,
): readonly string[] =>
  refused.some(({ found }) => /\w/.test(found.split(wanted).slice(1).join(wanted)))
    ? []
    : [`${where}: is refused without both sides`];

export function keyFindings({ gives }: Provided, { request }: Asked): readonly string[] {
  const outputs = Object.values(request.service.outputs);
  const missing = outputs.filter(
    ({ from, object, key, optional }) => !optional && !gives[`${from}/${object}`]?.includes(key),
  );
  const objects = new Set(outputs.map(({ from, object }) => `${from}/${object}`));
  // An operator's own Secret may hold more; another object may not be given under the contract.
  const others = Object.keys(gives).filter((id) => !objects.has(id));
  return [
    ...missing.map(({ from, object, key }) => `${from}/${object} lacks ${key}`),
    ...others.map((id) => `${id} is no object of the contract`),
  ];
}

const TLS = ['none', 'offered', 'required'] as const satisfies readonly ServiceStatement['tls'][];
const AT_REST = [
  'yes',
  'by the storage class',
  'not known here',
] as const satisfies readonly ServiceStatement['encryptedAtRest'][];

const oneOf = (name: string, value: unknown, known: readonly string[]): readonly string[] =>
  known.some((each) => each === value)
    ? []
    : [`${name} is ${describe(value)}, and can be ${known.join(', ')}`];

export function statementFindings({ statement }: Provided): readonly string[] {
  const { engine, tls, encryptedAtRest, backup, deletion, highlyAvailable } = statement;
  const texts: Readonly<Record<string, unknown>> = { engine, backup, deletion };
  return [
    ...Object.entries(texts).flatMap(([name, text]) =>
      typeof text === 'string' && text.trim() !== '' ? [] : [`${name} is not stated`],
    ),
    ...oneOf('tls', tls, TLS),
    ...oneOf('encryptedAtRest', encryptedAtRest, AT_REST),
    ...(backup === 'none' ? ["backup is 'none' without a reason: 'none: …'"] : []),
    ...(typeof highlyAvailable === 'boolean' ? [] : ['highlyAvailable is not stated']),
  ];
}

export const signalFindings = ({ statement: { availability } }: Provided): readonly string[] =>
  /^[a-zA-Z_:][a-zA-Z0-9_:]*$/.test(availability.metric) &&
  availability.exporter !== '' &&
  Object.keys(availability.labels).length > 0
    ? []
    : ['availability names no series of its own'];

const EVERYWHERE = ['0.0.0.0/0', '::/0'];

export function reachFindings({ reach }: Provided): readonly string[] {
  const peers = reach.flatMap(({ to }) => to);
  return [
    ...(reach.length === 0 ? ['says nothing of where it is reached'] : []),
    ...reach.flatMap(({ ports, to }) =>
      ports.length === 0 || to.length === 0 ? ['a reach without ports or peers allows all'] : [],
    ),
    ...peers.flatMap((peer) => {
      const isAll = EVERYWHERE.includes(peer.ipBlock?.cidr ?? '');
      // A selector without terms selects everything.
      const selectsAll = [peer.podSelector, peer.namespaceSelector]
        .filter((selector) => selector !== undefined)
        .every((selector) => Object.keys(selector).length === 0);
      return isAll || (selectsAll && !peer.ipBlock) ? [`reaches ${JSON.stringify(peer)}`] : [];
    }),
  ];
}

interface PolicySpec {
  readonly podSelector?: { readonly matchLabels?: Readonly<Record<string, string>> };
  readonly policyTypes?: readonly string[];
}

export function policyFindings(provided: Provided, { request }: Asked): readonly string[] {
  const policies = manifestsOf(provided).filter(({ kind }) => kind === 'NetworkPolicy');
  return policies.flatMap(({ metadata, spec }) => {
    const { podSelector, policyTypes = [] } = spec as PolicySpec;
    const labels = podSelector?.matchLabels ?? {};
    const callers = request.callers.map(({ selector }) => JSON.stringify(selector));
    return [
      ...(Object.keys(labels).length === 0 ? [`${metadata.name} selects every pod`] : []),
      ...(policyTypes.includes('Egress')
        ? [`${metadata.name} closes egress, which operators need`]
        : []),
      ...(callers.includes(JSON.stringify(labels)) ? [`${metadata.name} selects a caller`] : []),
    ];
  });
}

export const manifestsOf = ({ manifests, shared = [] }: Provided): readonly Manifest[] => [
  ...shared,
  ...manifests,
];

const isKept = ({ metadata }: Manifest): boolean =>
  metadata.annotations?.['argocd.argoproj.io/sync-options']?.includes('Prune=false') === true &&
  metadata.annotations['kustomize.toolkit.fluxcd.io/prune'] === 'disabled';

export function deletionFindings({ manifests }: Provided, { request }: Asked): readonly string[] {
  const kept = manifests.filter(isKept);
  const isRetained = request.service.deletionPolicy === 'retain';
  const holdsData = manifests.some(mayHoldData);
  if (isRetained && holdsData && kept.length === 0) {
    return ['nothing of it is kept from being pruned'];
  }
  return isRetained ? [] : kept.map(({ kind, metadata }) => `${kind}/${metadata.name} is kept`);
}

/** A StatefulSet without claims has nothing that outlives its pods. */
export const mayHoldData = ({ kind, spec }: Manifest): boolean =>
  kind === 'StatefulSet'
    ? (spec as { readonly volumeClaimTemplates?: unknown }).volumeClaimTemplates !== undefined
    : !HOLDS_NOTHING.includes(kind);

/** Kinds that tell how to reach data, and hold none. */
const HOLDS_NOTHING = [
  'ConfigMap',
  'ExternalSecret',
  'Secret',
  'SecretStore',
  'ServiceAccount',
  'Role',
  'RoleBinding',
  'NetworkPolicy',
  'Password',
  'PodMonitor',
  'Service',
];

export const secretFindings = (provided: Provided): readonly string[] =>
  manifestsOf(provided)
    .filter(({ kind, data, stringData }) => kind === 'Secret' && (data ?? stringData) !== undefined)
    .map(({ metadata }) => `Secret/${metadata.name} stands in the manifests`);
