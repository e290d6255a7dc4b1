import { bagAt, bagsAt, listAt, textAt, type Bag } from './fields';
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
    ...containers.flatMap(boundVariables),
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

/** What is optional is needed all the same where another text has it as `$(NAME)`: Kubernetes would leave that text as it stands. */
function boundVariables(container: Bag): readonly BoundName[] {
  const composed = composedIn(container);
  return bagsAt(container, 'env').flatMap((variable) => {
    const from = bagAt(variable, 'valueFrom');
    const isNeeded = composed.has(textAt(variable, 'name') ?? '');
    return [
      ...bound('ConfigMap', bagAt(from, 'configMapKeyRef'), isNeeded),
      ...bound('Secret', bagAt(from, 'secretKeyRef'), isNeeded),
    ];
  });
}

/** The names of the variables from which a container's texts are composed; `$$(NAME)` is a text. */
function composedIn(container: Bag): ReadonlySet<string> {
  const texts = [
    ...bagsAt(container, 'env').map((variable) => variable.value),
    ...['command', 'args'].flatMap((field) => listAt(container, field)),
  ];
  const matches = texts.flatMap((text) =>
    typeof text === 'string' ? [...text.matchAll(/(?<!\$)(?:\$\$)*\$\(([^()]+)\)/g)] : [],
  );
  return new Set(matches.map(([, name = '']) => name));
}

function bound(kind: BoundKind, reference: Bag, isNeeded = false): readonly BoundName[] {
  const name = textAt(reference, 'name') ?? textAt(reference, 'secretName');
  if (!name || (reference.optional === true && !isNeeded)) return [];
  const key = textAt(reference, 'key');
  const items = bagsAt(reference, 'items').flatMap((item) => textAt(item, 'key') ?? []);
  return [{ kind, name, keys: key === undefined ? items : [key] }];
}
