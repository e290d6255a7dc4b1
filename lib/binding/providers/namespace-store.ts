import type { SecretStoreSpec } from '../../../imports/external-secrets.io';
import type { Manifest, Plain } from '../../foundation';
import { readerAccount, type Place } from './reader-account';

/**
 * A SecretStore by which External Secrets reads the named Secrets of the namespace, and no others: what a cloud or an operator wrote
 * becomes the canonical shape.
 * @see https://external-secrets.io/latest/provider/kubernetes/
 */
export const namespaceStore = (
  name: string,
  place: Place,
  secrets: readonly string[],
): readonly Manifest[] => [
  ...readerAccount(name, place, {
    apiGroups: [''],
    resources: ['secrets'],
    resourceNames: secrets,
    verbs: ['get'],
  }),
  {
    apiVersion: 'external-secrets.io/v1',
    kind: 'SecretStore',
    metadata: { name, labels: place.labels },
    spec: storeSpec(name, place.namespace),
  },
];

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
