import type { Manifest } from '../../foundation';
import type { Scene } from '../rule';
import type { BoundKind } from './bound-names';
import { bagAt, bagsAt, textAt, valueAt, type Bag } from './fields';
import { nameOf, soundObjects } from './objects';

/** The keys of a ConfigMap or Secret; `unknown` where only the cluster knows. */
export type Keys = ReadonlySet<string> | 'unknown';

interface Made {
  readonly kind: BoundKind;
  readonly name: string;
  readonly keys: Keys;
}

/** What every namespace has. */
const STOCK: readonly Made[] = [
  { kind: 'ServiceAccount', name: 'default', keys: 'unknown' },
  { kind: 'ConfigMap', name: 'kube-root-ca.crt', keys: new Set(['ca.crt']) },
  { kind: 'ConfigMap', name: 'openshift-service-ca.crt', keys: 'unknown' },
];

/** What a scene makes, by kind and name such as `Secret/orders-db`. */
export function namesMadeIn(scene: Scene): ReadonlyMap<string, Keys> {
  const names = new Map<string, Keys>();
  const objects = soundObjects(scene).flatMap(madeBy);
  for (const { kind, name, keys } of [...STOCK, ...objects, ...suppliedIn(scene)]) {
    const id = `${kind}/${name}`;
    const known = names.get(id) ?? new Set<string>();
    names.set(
      id,
      known === 'unknown' || keys === 'unknown' ? 'unknown' : new Set([...known, ...keys]),
    );
  }
  return names;
}

/** What operators and clouds make of the backing services, as their providers say. */
const suppliedIn = ({ environment }: Scene): readonly Made[] =>
  Object.values(environment?.services ?? {}).flatMap(({ gives }) =>
    Object.entries(gives).map(([id, keys]) => {
      const [kind = '', name = ''] = id.split('/');
      return { kind: kind === 'ConfigMap' ? 'ConfigMap' : 'Secret', name, keys: new Set(keys) };
    }),
  );

const keysOf = (...maps: readonly Bag[]): Keys => new Set(maps.flatMap((map) => Object.keys(map)));
const secret = (name: string, keys: Keys): readonly Made[] => [{ kind: 'Secret', name, keys }];

function madeBy(object: Manifest): readonly Made[] {
  const name = nameOf(object);
  const spec = bagAt(object, 'spec');
  const group = object.apiVersion.replace(/\/?[^/]*$/, '');
  switch (`${group}/${object.kind}`) {
    case '/ServiceAccount':
      return [{ kind: 'ServiceAccount', name, keys: 'unknown' }];
    case '/ConfigMap':
      return [
        {
          kind: 'ConfigMap',
          name,
          keys: keysOf(bagAt(object, 'data'), bagAt(object, 'binaryData')),
        },
      ];
    case '/Secret':
      return secret(name, secretKeys(object));
    case 'external-secrets.io/ExternalSecret':
      return secret(textAt(spec, 'target', 'name') ?? name, externalKeys(spec));
    case 'bitnami.com/SealedSecret':
      return secret(name, keysOf(bagAt(spec, 'encryptedData'), bagAt(spec, 'template', 'data')));
    default: {
      const given = textAt(spec, 'secretName');
      return given === undefined ? [] : secret(given, certificateKeys(group, object.kind, spec));
    }
  }
}

/** The cluster fills in the token of a service account. */
const secretKeys = (object: Manifest): Keys =>
  object.type === 'kubernetes.io/service-account-token'
    ? 'unknown'
    : keysOf(bagAt(object, 'data'), bagAt(object, 'stringData'));

/** @see https://external-secrets.io/latest/guides/templating/ */
function externalKeys(spec: Bag): Keys {
  const target = bagAt(spec, 'target');
  const template = bagAt(target, 'template');
  const made = bagAt(template, 'data');
  const isAdded = ['Merge', 'None'].includes(textAt(target, 'creationPolicy') ?? '');
  if (isAdded || bagsAt(template, 'templateFrom').length > 0) return 'unknown';
  // The keys of a template take the place of those that were fetched.
  if (Object.keys(made).length > 0 && template.mergePolicy !== 'Merge') return keysOf(made);
  if (bagsAt(spec, 'dataFrom').length > 0) return 'unknown';
  const fetched = bagsAt(spec, 'data').flatMap(({ secretKey }) =>
    typeof secretKey === 'string' ? secretKey : [],
  );
  return new Set([...Object.keys(made), ...fetched]);
}

/** A certificate has its keys, and whatever else names a Secret of its own may put anything there. */
const certificateKeys = (group: string, kind: string, spec: Bag): Keys => {
  const isPlain =
    group === 'cert-manager.io' &&
    kind === 'Certificate' &&
    valueAt(spec, 'keystores') === undefined &&
    bagsAt(spec, 'additionalOutputFormats').length === 0;
  return isPlain ? new Set(['tls.crt', 'tls.key', 'ca.crt']) : 'unknown';
};
