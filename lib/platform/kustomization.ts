import { compareText, facets, MIGRATE, renderYaml } from '../foundation';

/** The name of a file of manifests from the folder of the application on. */
export const fileName = ({ name }: { readonly name: string }): string => `${name}.k8s.yaml`;

const rank = (name: string): number => {
  // Authorization stands before the pods that it protects.
  const known: readonly string[] = ['environment', 'mesh', 'application', ...facets];
  const index = known.indexOf(name);
  return index === -1 ? known.length : index;
};

/** Names of files without their ending, in the order in which they are applied. */
const applied = (names: readonly string[]): readonly string[] =>
  [...names].sort((a, b) => rank(a) - rank(b) || compareText(a, b));

/** The kustomizations of an application by their path, from the files that there are. What comes first has one of its own. */
export function kustomizations(
  namespace: string,
  files: readonly { readonly name: string }[],
): readonly (readonly [path: string, text: string])[] {
  return [`${MIGRATE}/`, ''].flatMap((folder) => {
    const names = files
      .filter(({ name }) => name.slice(0, name.lastIndexOf('/') + 1) === folder)
      .map(({ name }) => name.slice(folder.length));
    if (names.length === 0) return [];
    return [[`${folder}kustomization.yaml`, kustomization(namespace, applied(names))] as const];
  });
}

/**
 * What `kubectl apply -k`, Argo CD and Flux read: the namespace and the files, never a patch. `fifo` keeps the order of the files:
 * kustomize's own puts network policies last, and pods would start unprotected.
 */
const kustomization = (namespace: string, names: readonly string[]): string =>
  renderYaml([
    {
      apiVersion: 'kustomize.config.k8s.io/v1beta1',
      kind: 'Kustomization',
      namespace,
      resources: names.map((name) => fileName({ name })),
      sortOptions: { order: 'fifo' },
    },
  ]);

/** What is applied of what belongs to no application. Policies come first: a binding to a policy that is not there yet is inert. */
export function clusterKustomization(folder: string, paths: Iterable<string>): string {
  const rank = (name: string): number => (name === 'guardrails' ? -1 : 0);
  const names = [...paths]
    .filter((path) => path.startsWith(`${folder}/`) && path.endsWith('.k8s.yaml'))
    .map((path) => path.slice(folder.length + 1, -'.k8s.yaml'.length))
    .sort((a, b) => rank(a) - rank(b) || compareText(a, b));
  return renderYaml([
    {
      apiVersion: 'kustomize.config.k8s.io/v1beta1',
      kind: 'Kustomization',
      resources: names.map((name) => fileName({ name })),
      sortOptions: { order: 'fifo' },
    },
  ]);
}
