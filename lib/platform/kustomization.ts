import type { PhaseOneFile } from '../application';
import { compareText, facets, renderYaml } from '../foundation';

/** The file name of a phase-1 file. */
export const phaseOneFileName = ({ name }: Pick<PhaseOneFile, 'name'>): string =>
  `${name}.k8s.yaml`;

const rank = (name: string): number => {
  // Before the pods that it protects.
  if (name === 'mesh') return -1;
  if (name === 'application') return 0;
  const facet = facets.findIndex((known) => known === name);
  return facet === -1 ? facets.length + 1 : facet + 1;
};

/** The files of one environment, in the order in which they are applied. */
export const applied = (files: readonly PhaseOneFile[]): readonly PhaseOneFile[] =>
  [...files].sort((a, b) => rank(a.name) - rank(b.name) || compareText(a.name, b.name));

/**
 * What `kubectl apply -k`, Argo CD and Flux read: the namespace and the files, never a patch. `fifo` keeps the order of the files:
 * kustomize's own puts network policies last, and pods would start unprotected.
 */
export function kustomization(namespace: string, files: readonly PhaseOneFile[]): string {
  return renderYaml([
    {
      apiVersion: 'kustomize.config.k8s.io/v1beta1',
      kind: 'Kustomization',
      namespace,
      resources: ['environment.k8s.yaml', ...applied(files).map(phaseOneFileName)],
      sortOptions: { order: 'fifo' },
    },
  ]);
}
