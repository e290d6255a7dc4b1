import { isPlain } from './yaml';

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
  const sorted: Record<string, unknown> = {};
  for (const key of FIRST) {
    if (manifest[key] !== undefined) sorted[key] = sortKeys(manifest[key]);
  }
  for (const key of Object.keys(manifest).sort()) {
    if (!FIRST.includes(key)) put(sorted, key, manifest[key]);
  }
  return sorted as Manifest;
}

// By UTF-16 code unit, as `sort` does on its own: no locale changes it.
function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null || !isPlain(value)) return value;
  const sorted: Record<string, unknown> = {};
  for (const key of Object.keys(value).sort()) {
    put(sorted, key, (value as Readonly<Record<string, unknown>>)[key]);
  }
  return sorted;
}

function put(target: Record<string, unknown>, key: string, value: unknown): void {
  if (value === undefined) return;
  if (key !== '__proto__') target[key] = sortKeys(value);
  // Assigned, it would become the prototype.
  else Object.defineProperty(target, key, { value: sortKeys(value), enumerable: true });
}
