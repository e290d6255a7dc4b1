import type { Provided } from '../backing-service';
import { isBag, type Manifest, type ServiceKind } from '../foundation';
import type { Asked } from './provider-requests';

type Texts = readonly string[];

/** What KEDA counts messages by, for the kinds that a worker may scale on. */
const COUNTED_BY: Readonly<Partial<Record<ServiceKind, string>>> = {
  rabbitmq: 'connection_string',
  'kafka-topic': 'bootstrapServers',
};

/** Addresses that resolve in the namespace of the application alone: KEDA asks from a namespace of its own. */
export function addressFindings(provided: Provided, { request }: Asked): Texts {
  const { service, scalers } = request;
  const key = COUNTED_BY[service.kind];
  const output = key === undefined ? undefined : service.outputs[key];
  if (output === undefined || scalers.length === 0) return [];
  const { object } = output;
  return [...(provided.shared ?? []), ...provided.manifests]
    .flatMap((manifest) => textsFor(manifest, object, output.key))
    .flatMap(hostsIn)
    .filter((host) => /^[a-z0-9-]+$/.test(host))
    .map((host) => `${object} has ${host} in ${output.key}, which KEDA cannot resolve`);
}

/** What External Secrets writes under a key of a Secret. What another operator writes nobody can see here. */
function textsFor({ kind, metadata, spec }: Manifest, secret: string, key: string): Texts {
  if (kind !== 'ExternalSecret' || !isBag(spec) || !isBag(spec.target)) return [];
  const { name = metadata.name, template } = spec.target;
  if (name !== secret || !isBag(template) || !isBag(template.data)) return [];
  const text = template.data[key];
  return typeof text === 'string' ? [text] : [];
}

/** The hosts of a URL, or of several `host:port`; what a template fills in is known to the cluster alone. */
const hostsIn = (text: string): Texts =>
  text
    .replace(/^[a-z]+:\/\/(.*@)?/, '')
    .replace(/[/?].*$/, '')
    .split(',')
    .map((address) => address.replace(/:\d+$/, ''));
