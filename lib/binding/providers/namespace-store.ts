import type { SecretStoreSpec } from '../../../imports/external-secrets.io';
import type { Manifest, Plain } from '../../foundation';

/** A SecretStore that reads Secrets of its own namespace. */
export interface NamespaceStoreProps {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  /** The Secrets that may be read, and no others. */
  readonly secrets: readonly string[];
}

/** Where pods find the CA of the API server, in every namespace. */
export const API_SERVER_CA = {
  type: 'ConfigMap',
  name: 'kube-root-ca.crt',
  key: 'ca.crt',
} as const;

/**
 * Lets External Secrets read Secrets of the namespace, by a service account of its own that may read these alone: so that what an operator
 * wrote can be given another shape.
 * @see https://external-secrets.io/latest/provider/kubernetes/
 */
export function namespaceStore(props: NamespaceStoreProps): readonly Manifest[] {
  const { name, namespace, labels, secrets } = props;
  const spec: Plain<SecretStoreSpec> = {
    provider: {
      kubernetes: {
        remoteNamespace: namespace,
        server: { url: 'kubernetes.default', caProvider: API_SERVER_CA },
        auth: { serviceAccount: { name } },
      },
    },
  };
  const rule = { apiGroups: [''], resources: ['secrets'], resourceNames: secrets, verbs: ['get'] };
  return [
    ...readerAccount(name, labels, rule),
    { apiVersion: 'external-secrets.io/v1', kind: 'SecretStore', metadata: { name, labels }, spec },
  ];
}

/** A service account that may do one thing. */
export function readerAccount(
  name: string,
  labels: Readonly<Record<string, string>>,
  rule: Readonly<Record<string, readonly string[]>>,
): readonly Manifest[] {
  const metadata = { name, labels };
  const rbac = 'rbac.authorization.k8s.io';
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata, automountServiceAccountToken: false },
    { apiVersion: `${rbac}/v1`, kind: 'Role', metadata, rules: [rule] },
    {
      apiVersion: `${rbac}/v1`,
      kind: 'RoleBinding',
      metadata,
      roleRef: { apiGroup: rbac, kind: 'Role', name },
      // No namespace: kustomize fills in the one of its set.
      subjects: [{ kind: 'ServiceAccount', name }],
    },
  ];
}
