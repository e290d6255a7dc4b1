import { bagAt, bagsAt, textAt, type Bag } from './fields';
import { startedContainers } from './pods';

/** What a pod refers to by its name. */
export type BoundKind = 'ConfigMap' | 'Secret' | 'ServiceAccount';

/** A name that a pod refers to, and the keys that it needs there. */
export interface BoundName {
  readonly kind: BoundKind;
  readonly name: string;
  readonly keys: readonly string[];
}

/** Everything that a pod cannot start without. What is optional is left out, and so are pull secrets: a pod starts without them. */
export function boundNamesOf(podSpec: Bag): readonly BoundName[] {
  const account = textAt(podSpec, 'serviceAccountName') ?? textAt(podSpec, 'serviceAccount');
  const containers = startedContainers(podSpec);
  const volumes = bagsAt(podSpec, 'volumes');
  const projected = volumes.flatMap((volume) => bagsAt(volume, 'projected', 'sources'));
  return [
    ...(account ? [{ kind: 'ServiceAccount' as const, name: account, keys: [] }] : []),
    ...containers
      .flatMap((container) => bagsAt(container, 'env'))
      .map((variable) => bagAt(variable, 'valueFrom'))
      .flatMap((from) => [
        ...bound('ConfigMap', bagAt(from, 'configMapKeyRef')),
        ...bound('Secret', bagAt(from, 'secretKeyRef')),
      ]),
    ...containers
      .flatMap((container) => bagsAt(container, 'envFrom'))
      .flatMap((from) => [
        ...bound('ConfigMap', bagAt(from, 'configMapRef')),
        ...bound('Secret', bagAt(from, 'secretRef')),
      ]),
    ...[...volumes, ...projected].flatMap((volume) => [
      ...bound('ConfigMap', bagAt(volume, 'configMap')),
      ...bound('Secret', bagAt(volume, 'secret')),
    ]),
  ];
}

function bound(kind: BoundKind, reference: Bag): readonly BoundName[] {
  const name = textAt(reference, 'name') ?? textAt(reference, 'secretName');
  if (!name || reference.optional === true) return [];
  const key = textAt(reference, 'key');
  const items = bagsAt(reference, 'items').flatMap((item) => textAt(item, 'key') ?? []);
  return [{ kind, name, keys: key === undefined ? items : [key] }];
}
