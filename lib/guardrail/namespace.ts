import type { Manifest } from '../foundation';

/** The namespace that an object gives. */
export const namespaceOf = ({ metadata }: Manifest): string | undefined =>
  (metadata as { readonly namespace?: string }).namespace;

/** An object in a namespace, as kustomize places it when what a platform wrote is applied. */
export function inNamespace(manifest: Manifest, namespace: string): Manifest {
  const metadata = { ...manifest.metadata, namespace };
  return manifest.kind === 'Namespace' ? manifest : { ...manifest, metadata };
}
