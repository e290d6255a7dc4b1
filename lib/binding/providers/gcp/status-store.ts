import type { SecretStoreSpec } from '../../../../imports/external-secrets.io';
import type { ServiceRequest } from '../../../backing-service';
import type { Manifest, Plain } from '../../../foundation';
import { readerAccount } from '../reader-account';

/** An object whose status is read. */
export interface StatusOf {
  readonly group: string;
  readonly version: string;
  readonly plural: string;
}

/** The name of the store that {@link statusStore} makes. */
export const statusStoreName = ({ service }: ServiceRequest): string => `${service.name}-status`;

/**
 * A SecretStore that reads the status of one Config Connector object from the API server. Config Connector writes addresses, certificates
 * and the AUTH string of Redis nowhere else, and the kubernetes provider of External Secrets reads Secrets alone. Its token may get this one
 * object and nothing else; it does not end, because that provider cannot ask for another.
 * @see https://external-secrets.io/latest/provider/webhook/
 */
export function statusStore(
  request: ServiceRequest,
  { group, version, plural }: StatusOf,
): readonly Manifest[] {
  const { service, namespace, labels } = request;
  const name = statusStoreName(request);
  const token = `${name}-token`;
  const spec: Plain<SecretStoreSpec> = {
    provider: {
      webhook: {
        url: `https://kubernetes.default.svc/apis/${group}/${version}/namespaces/${namespace}/${plural}/${service.name}`,
        method: 'GET',
        caProvider: { type: 'ConfigMap', name: 'kube-root-ca.crt', key: 'ca.crt' },
        headers: { Authorization: 'Bearer {{ .auth.token }}' },
        secrets: [{ name: 'auth', secretRef: { name: token } }],
        // Nothing is synchronised while a field is missing.
        result: { jsonPath: '$.status.{{ .remoteRef.key }}' },
      },
    },
  };
  const rule = {
    apiGroups: [group],
    resources: [plural],
    resourceNames: [service.name],
    verbs: ['get'],
  };
  return [
    ...readerAccount(name, request, rule),
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: {
        name: token,
        // Without this label External Secrets does not use it.
        labels: { ...labels, 'external-secrets.io/type': 'webhook' },
        annotations: { 'kubernetes.io/service-account.name': name },
      },
      type: 'kubernetes.io/service-account-token',
    },
    { apiVersion: 'external-secrets.io/v1', kind: 'SecretStore', metadata: { name, labels }, spec },
  ];
}
