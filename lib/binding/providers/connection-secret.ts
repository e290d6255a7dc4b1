import type { ExternalSecretSpec } from '../../../imports/external-secrets.io';
import type { Manifest, Plain } from '../../foundation';
import { RELOAD } from '../settings';

/** A value that is fetched under a name, for the template. */
export interface Fetched {
  readonly name: string;
  /** The SecretStore of the namespace that has it. */
  readonly store: string;
  readonly key: string;
  readonly property?: string;
}

/** The Secret by which workloads reach a service. */
export interface ConnectionSecretProps {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly fetched: readonly Fetched[];
  /** Its keys: text, with fetched values as `{{ .name }}`. */
  readonly keys: Readonly<Record<string, string>>;
}

/** Gives what is known at synthesis, and what is not before the service is there, the shape of the contract. */
export function connectionSecret(props: ConnectionSecretProps): Manifest {
  const { name, labels, fetched, keys } = props;
  const spec: Plain<ExternalSecretSpec> = {
    refreshInterval: '1h0m0s',
    target: {
      name,
      creationPolicy: 'Owner',
      // What is away for an hour must not take the Secret along.
      deletionPolicy: 'Retain',
      template: { metadata: { labels, annotations: RELOAD }, data: keys },
    },
    data: fetched.map(({ name: secretKey, store, key, property }) => ({
      secretKey,
      remoteRef: { key, ...(property !== undefined && { property }) },
      sourceRef: { storeRef: { kind: 'SecretStore', name: store } },
    })),
  };
  const apiVersion = 'external-secrets.io/v1';
  return { apiVersion, kind: 'ExternalSecret', metadata: { name, labels }, spec };
}
