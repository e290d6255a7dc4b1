import type { ServiceRequest } from '../../../backing-service';
import type { Manifest } from '../../../foundation';
import { mappedSecrets, type Mapped } from '../mapped-secrets';

/**
 * What makes no Secret while a variable is empty: until AWS has made a service, Crossplane writes its address as an empty text. Without a
 * Secret pods wait; with an empty address they would start.
 */
export const whenKnown = (variable: string): string =>
  `{{ if eq .${variable} "" }}{{ fail "${variable} is not known yet" }}{{ end }}`;

/** A variable that must not be empty. */
export const present = (variable: string): string => `${whenKnown(variable)}{{ .${variable} }}`;

/** Crossplane writes the address when the cloud has it: some minutes after the first apply. */
const REFRESH = '5m';

/** Secrets in their canonical shape, made from those that Crossplane wrote. */
export const canonicalSecrets = (
  request: ServiceRequest,
  secrets: readonly Omit<Mapped, 'refreshInterval'>[],
): readonly Manifest[] =>
  mappedSecrets(
    `${request.service.name}-secrets`,
    request,
    secrets.map((secret) => ({ ...secret, refreshInterval: REFRESH })),
  );
