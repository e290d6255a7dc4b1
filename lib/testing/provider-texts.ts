import type { Provided } from '../backing-service';
import { isBag, type Manifest } from '../foundation';
import type { Asked } from './provider-requests';

type Texts = Readonly<Record<string, unknown>>;

/** Keys that say in one provider's Secret something else than in another's: what works here would fail there. */
export function textFindings(provided: Provided, { request }: Asked): readonly string[] {
  const { outputs } = request.service;
  const jdbc = textOf(provided, outputs['jdbc-uri']?.object, 'jdbc-uri');
  const tls = textOf(provided, outputs.tls?.object, 'tls');
  return [
    ...(jdbc === undefined || isWhole(jdbc)
      ? []
      : [`jdbc-uri is ${jdbc}, which lacks ?user=…&password=…`]),
    ...(tls === undefined ? [] : tlsFindings(tls, provided.statement.tls)),
    ...userFindings(provided, request.service),
  ];
}

/** What CloudNativePG writes, in whichever order. */
const isWhole = (jdbc: string): boolean =>
  jdbc.startsWith('jdbc:postgresql://') &&
  ['user', 'password'].every((name) => new RegExp(`[?&]${name}=[^&]+`).test(jdbc));

function tlsFindings(tls: string, stated: string): readonly string[] {
  const known: Readonly<Record<string, string>> = { required: 'true', none: 'false' };
  const expected = known[stated] ?? tls;
  if (tls !== 'true' && tls !== 'false') return [`the key tls is ${tls}, neither true nor false`];
  return tls === expected ? [] : [`the key tls is ${tls}, and TLS is stated as ${stated}`];
}

/** Since version 6 Redis has users: who composes a URL of user and password needs both. */
function userFindings(
  { gives }: Provided,
  service: Asked['request']['service'],
): readonly string[] {
  const object = service.outputs.username?.object;
  if (service.kind !== 'redis' || service.version < 6 || object === undefined) return [];
  const keys = gives[`Secret/${object}`] ?? [];
  return keys.includes('password') && !keys.includes('username')
    ? [`Secret/${object} has a password and no username, such as default`]
    : [];
}

/** What External Secrets writes under a key of a Secret; what an operator or a store has nobody can see here. */
function textOf(
  { manifests, shared = [] }: Provided,
  secret: string | undefined,
  key: string,
): string | undefined {
  const text = [...shared, ...manifests]
    .map((manifest) => templateFor(manifest, secret)[key])
    .find((each) => each !== undefined);
  return typeof text === 'string' ? text : undefined;
}

function templateFor({ kind, metadata, spec }: Manifest, secret: string | undefined): Texts {
  if (kind !== 'ExternalSecret' || !isBag(spec) || !isBag(spec.target)) return {};
  const { name = metadata.name, template } = spec.target;
  return name === secret && isBag(template) && isBag(template.data) ? template.data : {};
}
