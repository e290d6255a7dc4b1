import { describe, isBag, type Manifest } from '../../foundation';
import { kindOf, podKinds } from '../kinds';
import type { Flaw, ParsedDocument } from './document';

/** An object of a document, and where it begins. */
export interface FoundObject {
  readonly manifest: Manifest;
  readonly offset: number;
}

type Bag = Readonly<Record<string, unknown>>;
type Typed = Bag & { readonly apiVersion: string; readonly kind: string };

/** Whether a value says which kind of object it is, as everything that Kubernetes takes does. */
export const isObject = (value: unknown): value is Typed =>
  isBag(value) &&
  isNamed(own(value, 'apiVersion')) &&
  isNamed(own(value, 'kind')) &&
  !String(value.apiVersion).startsWith('kustomize.config.k8s.io/');

const isNamed = (value: unknown): boolean => typeof value === 'string' && value !== '';
const own = (bag: Bag, field: string): unknown =>
  Object.hasOwn(bag, field) ? bag[field] : undefined;

/** The objects of a document, those of lists one by one. */
export function objectsOf({ value, offset, offsets }: ParsedDocument): {
  readonly found: readonly FoundObject[];
  readonly flaws: readonly Flaw[];
} {
  const found: FoundObject[] = [];
  const flaws: Flaw[] = [];
  const visit = (value: unknown, around: number, list?: Typed): void => {
    const at = offsets.get(value as object) ?? around;
    const object = typed(value, list);
    if (object === undefined) {
      const what = `an item of the ${list?.kind ?? 'list'} is ${describe(value)}`;
      flaws.push({ offset: at, found: what, fix: 'Write an object with apiVersion and kind' });
    } else if (isListKind(object)) {
      for (const item of object.items) visit(item, at, object);
    } else if (isTooLarge(object)) flaws.push({ offset: at, ...tooLarge(object) });
    else if (hasName(object)) found.push({ manifest: named(object), offset: at });
    else if (kindOf(object)) flaws.push({ offset: at, ...nameless(object) });
  };
  if (isObject(value)) visit(value, offset);
  else if (isHalfTyped(value)) flaws.push({ offset, ...untyped(value) });
  return { found, flaws };
}

/** Whether a value says both what makes it an object, and one of them is no text. */
export const isHalfTyped = (value: unknown): value is Bag =>
  isBag(value) &&
  Object.hasOwn(value, 'apiVersion') &&
  Object.hasOwn(value, 'kind') &&
  !(isNamed(value.apiVersion) && isNamed(value.kind));

function untyped({ apiVersion, kind }: Bag): Omit<Flaw, 'offset'> {
  const [field, value] = isNamed(apiVersion) ? ['kind', kind] : ['apiVersion', apiVersion];
  return { found: `${field} is ${describe(value)}`, fix: `Give ${field} as text` };
}

/** Some rules compare each item of a list with each. A workload of common size has some 300 values. */
const MOST_VALUES = 5000;

function isTooLarge(object: Typed): boolean {
  const kind = kindOf(object);
  if (!podKinds.some((each) => each === kind)) return false;
  const open: unknown[] = [object];
  for (let count = 0; open.length > 0; count++) {
    if (count + open.length > MOST_VALUES) return true;
    const value = open.pop();
    if (typeof value !== 'object' || value === null) continue;
    for (const inside of Object.values(value)) open.push(inside);
  }
  return false;
}

const tooLarge = ({ kind }: Typed): Omit<Flaw, 'offset'> => ({
  found: `a ${kind} has more than ${MOST_VALUES} values, too many to judge`,
  fix: 'Move what it lists into a ConfigMap',
});

/** kubectl takes whatever has items apart, of any kind; a map of settings that happens to have some stays whole. */
const isListKind = (object: Typed): object is Typed & { readonly items: readonly unknown[] } => {
  const items = own(object, 'items');
  return Array.isArray(items) && (object.kind.endsWith('List') || items.some(isObject));
};

/** In lists of one kind, such as a ConfigMapList, the items do not say what they are. */
function typed(value: unknown, list: Typed | undefined): Typed | undefined {
  if (isObject(value)) return value;
  const kind = list?.kind.replace(/List$/, '') ?? '';
  if (!list || kind === '' || !isBag(value) || own(value, 'kind') !== undefined) return undefined;
  return { ...value, apiVersion: list.apiVersion, kind };
}

const metadataOf = (object: Typed): Bag => {
  const metadata = own(object, 'metadata');
  return isBag(metadata) ? metadata : {};
};

function hasName(object: Typed): boolean {
  const { name, generateName, namespace } = metadataOf(object);
  const isFine = typeof namespace === 'string' || namespace === undefined || namespace === null;
  return isFine && (isNamed(name) || (name === undefined && isNamed(generateName)));
}

function nameless(object: Typed): Omit<Flaw, 'offset'> {
  const { name, namespace } = metadataOf(object);
  const [field, value] = isNamed(name) ? ['namespace', namespace] : ['name', name];
  if (value === undefined) {
    return { found: `a ${object.kind} has no metadata.name`, fix: 'Give it a name' };
  }
  const found = `metadata.${field} of a ${object.kind} is ${describe(value)}`;
  return { found, fix: `Give it a ${field} that is text; quote it if it looks like a number` };
}

/** The server makes the name of an object that has a `generateName` alone. */
function named(object: Typed): Manifest {
  const { name, generateName } = metadataOf(object);
  if (isNamed(name)) return object as unknown as Manifest;
  const made = { ...metadataOf(object), name: `${String(generateName)}*` };
  return { ...object, metadata: made };
}
