import type { ExternalSecretSpec } from '../../../../imports/external-secrets.io';
import type { ServiceRequest } from '../../../backing-service';
import type { Manifest, Plain } from '../../../foundation';
import { RELOAD } from '../../settings';
import { namespaceStore } from '../namespace-store';

/** A key of a Secret of the namespace: a variable of the template by its own name. */
export interface Source {
  readonly secret: string;
  readonly key: string;
}

/** A Secret that is made from others of the namespace. */
export interface Mapped {
  readonly name: string;
  /** Where the variables of the template come from, by name. One that is missing makes no Secret at all. */
  readonly from: Readonly<Record<string, Source>>;
  /** Templates by key. */
  readonly data: Readonly<Record<string, string>>;
}

/**
 * A variable that must not be empty: while AWS makes a service, Crossplane writes its address as an empty text. Without a Secret pods wait;
 * with an empty address they would start.
 */
export const present = (variable: string): string =>
  `{{ if eq .${variable} "" }}{{ fail "${variable} is not known yet" }}{{ end }}{{ .${variable} }}`;

/** Crossplane writes the address when the cloud has it: some minutes after the first apply. */
const REFRESH = '5m';

/**
 * Secrets in their canonical shape, made from those that a cloud wrote, by one ExternalSecret each and one store that may read just the
 * sources.
 * @see https://external-secrets.io/latest/guides/templating/
 */
export function mappedSecrets(
  request: ServiceRequest,
  secrets: readonly Mapped[],
): readonly Manifest[] {
  const sources = secrets.flatMap(({ from }) => Object.values(from).map(({ secret }) => secret));
  const names = [...new Set(sources)].sort();
  const store = namespaceStore(`${request.service.name}-secrets`, request, names);
  const { labels } = request;
  const manifests = secrets.map(({ name, from, data }): Manifest => {
    const spec: Plain<ExternalSecretSpec> = {
      refreshInterval: REFRESH,
      secretStoreRef: store.ref,
      target: {
        name,
        creationPolicy: 'Owner',
        // Retain: sources that are away for an hour must not take the Secret along.
        deletionPolicy: 'Retain',
        template: {
          engineVersion: 'v2',
          mergePolicy: 'Replace',
          metadata: { labels, annotations: RELOAD },
          data: { ...data },
        },
      },
      data: Object.entries(from).map(([secretKey, { secret, key }]) => ({
        secretKey,
        remoteRef: { key: secret, property: key },
      })),
    };
    return {
      apiVersion: 'external-secrets.io/v1',
      kind: 'ExternalSecret',
      metadata: { name, labels },
      spec,
    };
  });
  return [...store.manifests, ...manifests];
}
