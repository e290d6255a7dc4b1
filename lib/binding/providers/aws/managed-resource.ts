import type { ServiceRequest } from '../../../backing-service';
import type { Manifest } from '../../../foundation';
import { retention } from '../retention';
import type { AwsProps } from './account';

type Request = Pick<ServiceRequest, 'labels' | 'service' | 'application' | 'environment' | 'stage'>;

/** All that Crossplane does but delete. */
const RETAINING = ['Observe', 'Create', 'Update', 'LateInitialize'] as const;

/** What every managed resource says of Crossplane: its ProviderConfig, and whether taking the object out deletes what it stands for. */
export const managed = (
  { providerConfig }: AwsProps,
  { service }: Request,
): {
  readonly managementPolicies: readonly ('*' | (typeof RETAINING)[number])[];
  readonly providerConfigRef: AwsProps['providerConfig'];
} => ({
  managementPolicies: service.deletionPolicy === 'retain' ? RETAINING : ['*'],
  providerConfigRef: { kind: providerConfig.kind, name: providerConfig.name },
});

/** The metadata of what holds data: neither Argo CD nor Flux may prune it when it is retained. */
export const dataMetadata = (
  { labels, service }: Request,
  name: string,
  externalName?: string,
): Manifest['metadata'] => {
  const annotations = {
    ...(externalName !== undefined && { 'crossplane.io/external-name': externalName }),
    ...retention(service.deletionPolicy).annotations,
  };
  return { name, labels, ...(Object.keys(annotations).length > 0 && { annotations }) };
};

/** The tags of what is made in the account. */
export const tagsOf = ({
  application,
  environment,
  service,
  stage,
}: Request): Readonly<Record<string, string>> => ({
  'golden-path/application': application,
  'golden-path/environment': environment,
  'golden-path/service': service.name,
  'golden-path/stage': stage,
});

/** What a statement says of deletion. */
export const deletionOf = ({ service }: Request, deleted: string): string =>
  service.deletionPolicy === 'retain'
    ? 'retained: Crossplane never deletes it, and nobody prunes its object'
    : deleted;
