import type { SecretStoreSpec } from '../../../imports/external-secrets.io';
import type { Manifest, Plain } from '../../foundation';

/** What a store of the namespace is made of. */
export interface NamespaceStoreFacts {
  /** The name of its objects. */
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  /** The Secrets that may be read, and no others. */
  readonly secrets: readonly string[];
}

/** How an ExternalSecret refers to a store of its namespace. */
export const namespaceStoreRef = (
  name: string,
): { readonly kind: 'SecretStore'; readonly name: string } => ({ kind: 'SecretStore', name });

/**
 * A store by which External Secrets reads Secrets of the same namespace, such as those that an operator or Crossplane writes in a shape of
 * its own: one ExternalSecret then gives them the shape of the contract.
 * @see https://external-secrets.io/latest/provider/kubernetes/
 */
export function namespaceStore(facts: NamespaceStoreFacts): readonly Manifest[] {
  const { name, labels } = facts;
  const metadata = { name, labels };
  const rbac = 'rbac.authorization.k8s.io';
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata, automountServiceAccountToken: false },
    {
      apiVersion: `${rbac}/v1`,
      kind: 'Role',
      metadata,
      rules: [
        {
          apiGroups: [''],
          resources: ['secrets'],
          resourceNames: [...facts.secrets].sort(),
          verbs: ['get'],
        },
      ],
    },
    {
      apiVersion: `${rbac}/v1`,
      kind: 'RoleBinding',
      metadata,
      roleRef: { apiGroup: rbac, kind: 'Role', name },
      // No namespace: kustomize fills in the one of its set.
      subjects: [{ kind: 'ServiceAccount', name }],
    },
    {
      apiVersion: 'external-secrets.io/v1',
      kind: 'SecretStore',
      metadata,
      spec: storeSpec(facts),
    },
  ];
}

/** As its own ServiceAccount, at the API server of this cluster. */
const storeSpec = ({ name, namespace }: NamespaceStoreFacts): Plain<SecretStoreSpec> => ({
  provider: {
    kubernetes: {
      remoteNamespace: namespace,
      server: {
        url: 'kubernetes.default',
        caProvider: { type: 'ConfigMap', name: 'kube-root-ca.crt', key: 'ca.crt' },
      },
      auth: { serviceAccount: { name } },
    },
  },
});
