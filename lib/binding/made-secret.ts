import type { ExternalSecretSpec } from '../../imports/external-secrets.io';
import type { Manifest, Metadata, Plain } from '../foundation';
import { RELOAD } from './settings';

type Spec = Plain<ExternalSecretSpec>;
type Data = NonNullable<Spec['data']>;

/** Where the content of a Secret comes from, and when External Secrets asks for it again. */
export interface SecretSource extends Pick<
  Spec,
  'refreshPolicy' | 'refreshInterval' | 'secretStoreRef' | 'data' | 'dataFrom'
> {
  /** Its keys: text, with fetched values as `{{ .name }}`. @default what is fetched, as it is */
  readonly keys?: Readonly<Record<string, string>>;
  /** What becomes of the Secret when the ExternalSecret goes. @default 'Owner' - it goes too */
  readonly creationPolicy?: 'Owner' | 'Orphan';
}

/** An ExternalSecret; the Secret that it makes has its name and labels. */
export function externalSecret(
  metadata: Metadata,
  { keys, creationPolicy = 'Owner', ...source }: SecretSource,
): Manifest {
  const { name, labels = {} } = metadata;
  const spec: Spec = {
    ...source,
    target: {
      name,
      creationPolicy,
      // A source that is away for an hour must not take the Secret along.
      deletionPolicy: 'Retain',
      template: { metadata: { labels, annotations: RELOAD }, ...(keys && { data: keys }) },
    },
  };
  return { apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', metadata, spec };
}

/** Keys of one entry of a store, under the same names. */
export const keysOfEntry = (entry: string, keys: readonly string[]): Data =>
  keys.map((key) => ({ secretKey: key, remoteRef: { key: entry, property: key } }));
