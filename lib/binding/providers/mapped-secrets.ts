import type { Manifest } from '../../foundation';
import { externalSecret } from '../made-secret';
import { namespaceStore } from './namespace-store';
import type { Place } from './reader-account';

/** A key of a Secret of the namespace. */
export interface Source {
  readonly secret: string;
  readonly key: string;
}

/** A Secret that is made from others of the namespace. */
export interface Mapped {
  readonly name: string;
  /** Where the values come from, by the names that templates have for them. One that is missing makes no Secret at all. */
  readonly from: Readonly<Record<string, Source>>;
  /** Its keys: text, with values as `{{ .name }}`. */
  readonly keys: Readonly<Record<string, string>>;
  /** @default '1h0m0s' - External Secrets' own */
  readonly refreshInterval?: string;
}

/**
 * Gives what a cloud or an operator wrote the shape of the contract: an ExternalSecret each, and one store that may read just the sources.
 * @see https://external-secrets.io/latest/guides/templating/
 */
export function mappedSecrets(
  store: string,
  place: Place,
  secrets: readonly Mapped[],
): readonly Manifest[] {
  const sources = secrets.flatMap(({ from }) => Object.values(from).map(({ secret }) => secret));
  return [
    ...namespaceStore(store, place, [...new Set(sources)].sort()),
    ...secrets.map(({ name, from, keys, refreshInterval = '1h0m0s' }) =>
      externalSecret(
        { name, labels: place.labels },
        {
          refreshInterval,
          secretStoreRef: { kind: 'SecretStore', name: store },
          data: Object.entries(from).map(([secretKey, { secret, key }]) => ({
            secretKey,
            remoteRef: { key: secret, property: key },
          })),
          keys,
        },
      ),
    ),
  ];
}
