import type { Misplaced } from './reference-token';

/** What a value of this library is, in words. */
export interface Named {
  /** Such as `the web service shop/catalog`. */
  readonly what: string;
  /** What to write where one of its references is meant: `catalog.address`. */
  readonly reference?: string;
  /** What to write where it is meant as a whole: `catalog`. */
  readonly whole?: string;
  /** What to write in its place in a text, where that can be. */
  readonly text?: string;
}

type Bag = Readonly<Record<string, unknown>>;
const isBag = (value: unknown): value is Bag => typeof value === 'object' && value !== null;

/** What to say where an object of this library was written into a text. */
export function misplaced(value: object): Misplaced {
  const { what, text, reference } = tryNamed(value) ?? { what: 'an object' };
  const instead = `Give ${reference ?? 'it'} to a variable of its own, and compose with $(NAME) in another`;
  return { object: what, instead: text === undefined ? instead : `Write ${text}` };
}

/** A name in TypeScript for an id: `ordersDb` for `orders-db`. */
export const variableFor = (id: unknown): string =>
  String(id).replace(/[^A-Za-z0-9]+(.)?/g, (_, next?: string) => next?.toUpperCase() ?? '');

/** The reference that is meant most often, by the kind of backing service. */
const MEANT: Readonly<Record<string, string>> = {
  bucket: 'bucket',
  'kafka-topic': 'bootstrapServers',
  rabbitmq: 'url',
};

/** What a value is, when it comes from this library; undefined for anything else. It may throw: values are anybody's. */
export function tryNamed(value: unknown): Named | undefined {
  if (!isBag(value)) return undefined;
  if (isBag(value.backing)) return namedService(value, value.backing);
  if (isBag(value.published)) {
    const { application, service } = value.published;
    const reference = `${variableFor(service)}.address`;
    return { what: `the published service ${String(application)}/${String(service)}`, reference };
  }
  if (isBag(value.address) && isBag(value.address.target)) {
    return namedEndpoint(value, value.address.target);
  }
  if (typeof value.reference === 'string') return namedReference(value, value.reference);
  return isConstruct(value)
    ? { what: `the construct ${pathOf(value)}`, text: 'the name that is meant' }
    : undefined;
}

function namedService(value: Bag, { application, name, service }: Bag): Named {
  const path = isConstruct(value) ? pathOf(value) : `${String(application)}/${String(name)}`;
  const whole = variableFor(name);
  const reference = `${whole}.${MEANT[String(service)] ?? 'uri'}`;
  return { what: `the ${String(service)} ${path}`, reference, whole };
}

function namedEndpoint(value: Bag, target: Bag): Named {
  if (target.kind === 'external') {
    const { host, port } = target;
    const whole = `external('${String(host)}'${port === 443 ? '' : `, ${String(port)}`})`;
    const reference = `${whole}.address`;
    return { what: whole, reference, whole, text: reference };
  }
  const { application, name } = target;
  const path = isConstruct(value) ? pathOf(value) : `${String(application)}/${String(name)}`;
  const whole = variableFor(name);
  const reference = `${whole}.address`;
  return { what: `the web service ${path}`, reference, whole, text: reference };
}

const textOr = (value: unknown): string => (typeof value === 'string' ? value : 'reference');

function namedReference(value: Bag, kind: string): Named | undefined {
  const target: Bag = isBag(value.target) ? value.target : {};
  const owner = target.name ?? target.host ?? target.service;
  const of = typeof owner === 'string' ? ` of ${owner}` : ', which leads nowhere';
  switch (kind) {
    case 'endpoint':
    case 'published':
      return { what: `the ${textOr(value.part)}${of}` };
    case 'service':
      return { what: `the ${textOr(value.key)}${of}` };
    case 'secret':
      return { what: `the secret ${String(value.secret)}` };
    case 'setting':
      return { what: 'perEnvironment(…)' };
    case 'later':
      return { what: 'later(…)' };
    default:
      return undefined;
  }
}

interface ConstructLike {
  readonly node: { readonly path: string };
}
const isConstruct = (value: object): value is ConstructLike =>
  'node' in value && isBag(value.node) && typeof value.node.path === 'string';
const pathOf = ({ node }: ConstructLike): string => (node.path === '' ? 'the root' : node.path);
