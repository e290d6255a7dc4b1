import type { Manifest } from '../../../foundation';
import { externalSecret } from '../../made-secret';

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

/** Gives what several stores tell the shape of the contract. */
export function connectionSecret(props: ConnectionSecretProps): Manifest {
  const { name, labels, fetched, keys } = props;
  const data = fetched.map(({ name: secretKey, store, key, property }) => ({
    secretKey,
    remoteRef: { key, ...(property !== undefined && { property }) },
    sourceRef: { storeRef: { kind: 'SecretStore' as const, name: store } },
  }));
  return externalSecret({ name, labels }, { refreshInterval: '1h0m0s', data, keys });
}
