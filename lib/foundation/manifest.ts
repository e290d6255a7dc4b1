import { compareText } from './describe';

/** The metadata that our manifests carry. Never a namespace: that is decided by whoever applies them. */
export interface Metadata {
  readonly name: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** A Kubernetes object as plain data. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Metadata;
  readonly [field: string]: unknown;
}

/** What makes two objects of one namespace the same object: the API group, the kind and the name. */
export function objectKey(manifest: Manifest): string {
  const group = manifest.apiVersion.includes('/') ? manifest.apiVersion.split('/')[0] : '';
  return `${manifest.kind}${group === '' ? '' : `.${group ?? ''}`}/${manifest.metadata.name}`;
}

const FIRST = ['apiVersion', 'kind', 'metadata'];

/**
 * A copy with the keys of every map sorted, `apiVersion`, `kind` and `metadata` first, and undefined fields dropped.
 * cdk8s sorts too, but an environment variable switches that off.
 */
export function sortedManifest(manifest: Manifest): Manifest {
  const sorted = sortKeys(manifest) as Record<string, unknown>;
  const head = FIRST.filter((key) => key in sorted);
  const tail = Object.keys(sorted).filter((key) => !FIRST.includes(key));
  return Object.fromEntries([...head, ...tail].map((key) => [key, sorted[key]])) as Manifest;
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  const entries = Object.entries(value).filter(([, field]) => field !== undefined);
  entries.sort(([a], [b]) => compareText(a, b));
  return Object.fromEntries(entries.map(([key, field]) => [key, sortKeys(field)]));
}
