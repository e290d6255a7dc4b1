import type { Refusal, ServiceRequest } from '../../backing-service';
import type { ExistingProps } from './existing-props';

/** Where its keys come from. */
export function checkStore(
  { entry }: ExistingProps,
  { secretStore }: ServiceRequest,
): readonly Refusal[] {
  if (entry === undefined || secretStore) return [];
  return [
    {
      found: `existing() takes its keys from the entry ${entry}, and the environment has no secret store`,
      fix: 'Give the environment a secretStore',
    },
  ];
}

/** What the ConfigMap must hold: nobody else fills it. */
export function checkValues(
  { values = {} }: ExistingProps,
  request: ServiceRequest,
): readonly Refusal[] {
  const { kind, outputs } = request.service;
  const missing = Object.values(outputs)
    .filter(({ from, optional: isOptional, key }) => {
      return from === 'ConfigMap' && !isOptional && !Object.hasOwn(values, key);
    })
    .map(({ key }) => key);
  if (missing.length === 0) return [];
  return [
    {
      found: `a ${kind} has ${missing.join(', ')}, and existing() gives no values for them`,
      fix: `Give existing() values: { ${missing.map((key) => `${key}: '…'`).join(', ')} }`,
    },
  ];
}

/** What it is known to have, and what was asked for. Versions are compared as text: `'16'` is 16. */
export function checkConstraints(
  { engine, versions, extensions }: ExistingProps,
  { service }: ServiceRequest,
): readonly Refusal[] {
  const wanted = 'version' in service ? service.version : undefined;
  const needed = 'extensions' in service ? service.extensions : [];
  const missing = needed.filter((each) => extensions?.includes(each) === false);
  const fix = 'Name a provider that has it, or ask for what there is';
  return [
    ...(wanted !== undefined && versions?.map(String).includes(String(wanted)) === false
      ? [{ found: `it wants version ${wanted}, and ${engine} has ${listed(versions)}`, fix }]
      : []),
    ...missing.map((each) => ({
      found: `it wants the extension ${each}, and ${engine} has ${listed(extensions ?? [])}`,
      fix,
    })),
  ];
}

const listed = (values: readonly unknown[]): string => values.join(', ') || 'none';
