import type { ExternalSecretSpec, SecretStoreSpec } from '../../../imports/external-secrets.io';
import type { ServiceRequest } from '../../backing-service';
import type { Manifest, Plain } from '../../foundation';

type Place = Pick<ServiceRequest, 'labels' | 'namespace'>;

/** A store of the External Secrets operator that reads Secrets of the namespace itself. */
export interface NamespaceStore {
  readonly manifests: readonly Manifest[];
  readonly ref: NonNullable<Plain<ExternalSecretSpec>['secretStoreRef']>;
}

/**
 * A store by which the External Secrets operator reads the named Secrets of the namespace, and no others: what a cloud or an operator wrote
 * becomes the canonical shape.
 * @see https://external-secrets.io/latest/provider/kubernetes/
 */
export function namespaceStore(
  name: string,
  { labels, namespace }: Place,
  secrets: readonly string[],
): NamespaceStore {
  const metadata = { name, labels };
  const group = 'rbac.authorization.k8s.io';
  const rules = [
    { apiGroups: [''], resources: ['secrets'], resourceNames: [...secrets], verbs: ['get'] },
  ];
  return {
    manifests: [
      { apiVersion: 'v1', kind: 'ServiceAccount', metadata, automountServiceAccountToken: false },
      { apiVersion: `${group}/v1`, kind: 'Role', metadata, rules },
      {
        apiVersion: `${group}/v1`,
        kind: 'RoleBinding',
        metadata,
        roleRef: { apiGroup: group, kind: 'Role', name },
        subjects: [{ kind: 'ServiceAccount', name, namespace }],
      },
      {
        apiVersion: 'external-secrets.io/v1',
        kind: 'SecretStore',
        metadata,
        spec: storeSpec(name, namespace),
      },
    ],
    ref: { kind: 'SecretStore', name },
  };
}

// The address and the CA are those of the cluster that the operator itself runs in.
const storeSpec = (name: string, namespace: string): Plain<SecretStoreSpec> => ({
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
