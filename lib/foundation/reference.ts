import { termsOf, writtenCall, type CallProps, type Terms } from './call';
import { endpointForm, endpointParts, type EndpointPart } from './endpoint-form';
import { misplaced } from './named';
import type { NotText } from './not-text';
import type { PublishedReference, PublishedService } from './published';
import { tryHostFault } from './external-host';
import { marked, noText, token } from './reference-token';
import type { EnvironmentName, StageName } from './register';
import type { BackingService, ServiceReference } from './service-reference';

/** A workload's port inside its application, or a host outside the cluster. */
export type EndpointTarget =
  | {
      readonly kind: 'workload';
      /** The construct path of the application, by which a reference into another one is found. */
      readonly application: string;
      readonly name: string;
      readonly servicePort: number;
      readonly scheme: string;
    }
  | { readonly kind: 'external'; readonly host: string; readonly port: number };

/** A value that stands for an endpoint. Using it is the dependency: it opens the connection and draws the edge. */
export interface EndpointReference {
  readonly reference: 'endpoint';
  readonly part: EndpointPart;
  readonly target: EndpointTarget;
  /** Whether the caller survives without it. */
  readonly soft: boolean;
  /** What `call(…)` says of it. */
  readonly call?: CallProps;
  /** A marker that is replaced at synthesis, so that a text such as `${orders.address}/v1` keeps the dependency. */
  toString(): string;
}

/** What offers an endpoint: a web service or an external host. */
export interface Endpoint {
  /** `host:port` */
  readonly address: EndpointReference;
  /** The DNS name alone. */
  readonly host: EndpointReference;
  /** The port alone, as text. */
  readonly port: EndpointReference;
  /** `scheme://host`, with the port where it is not the scheme's own. */
  readonly url: EndpointReference;
}

/** One key of a Secret, as data. */
export interface SecretData {
  readonly reference: 'secret';
  readonly secret: string;
  readonly key: string;
}

/** A reference to one key of a Secret. It cannot become text: neither compiles, nor synthesizes. */
export type SecretReference = SecretData & NotText;

/** A value that differs by environment, as data. */
export interface SettingData {
  readonly reference: 'setting';
  readonly values: Readonly<Record<string, string>>;
}

/** A value that differs by environment: named in the application, given in the binding. It cannot become text. */
export type SettingReference = SettingData & NotText;

/** What a dependency leads to. */
export type Target =
  | EndpointReference
  | Endpoint
  | PublishedReference
  | PublishedService
  | ServiceReference
  | BackingService;

/** A reference that is looked up at synthesis, as data. */
export interface LaterData {
  readonly reference: 'later';
  readonly get: () => Target;
}

/** A reference that is looked up at synthesis, for what is declared further down. It cannot become text. */
export type Later = LaterData & NotText;

/** Anything but a literal that may stand in `env`. */
export type Reference =
  | EndpointReference
  | PublishedReference
  | SecretReference
  | ServiceReference
  | SettingReference
  | Later;

/** The value of an environment variable. */
export type EnvValue = string | Reference;

/** What may stand in `uses`: a dependency that needs no environment variable. */
export type Dependency = Target | Later;

/** What to do with a value that no text can hold. */
const ALONE = 'Give it to a variable of its own, and compose with $(NAME) in another';

/** One form of an endpoint. */
export function endpointReference(
  target: EndpointTarget,
  part: EndpointPart,
  terms: Terms,
): EndpointReference {
  const { soft, call } = terms;
  const reference = { reference: 'endpoint' as const, part, target, ...termsOf(terms) };
  const text = (): string => token({ part, target, soft, call: writtenCall(call) });
  return Object.freeze(marked(reference, text));
}

/** The four forms of one endpoint. */
export function endpoint(target: EndpointTarget, terms: Terms = { soft: false }): Endpoint {
  const part = (name: EndpointPart): EndpointReference => endpointReference(target, name, terms);
  const forms = {
    address: part('address'),
    host: part('host'),
    port: part('port'),
    url: part('url'),
  };
  return Object.freeze(noText(forms, () => misplaced(forms)));
}

/** What a reference to an endpoint is in a manifest. */
export function endpointText(reference: EndpointReference): string {
  const { target, part } = reference;
  // Reported with the edge.
  if (target.kind === 'external' && tryHostFault(target)) return '';
  if (target.kind === 'workload') {
    return endpointForm(part, { ...target, host: target.name, port: target.servicePort });
  }
  return endpointForm(part, { ...target, scheme: target.port === 443 ? 'https' : 'http' });
}

/**
 * A host outside the cluster, such as `external('api.stripe.com')`. Using it opens egress to it, and draws the edge.
 * @param host - a DNS name
 * @param port - 443 unless given
 */
export function external(host: string, port = 443): Endpoint & NotText {
  const outside = endpoint({ kind: 'external', host, port });
  return outside as Endpoint & NotText;
}

/**
 * One key of a Secret that the environment's secret store fills.
 * @param name - the Secret, and its entry in the store
 * @param key - the key, `value` unless given
 */
export function secret(name: string, key = 'value'): SecretReference {
  const data = { reference: 'secret' as const, secret: name, key };
  marked(data, () => token({ secret: name, key }));
  return Object.freeze(data) as unknown as SecretReference;
}

/** A reference to something declared further down: `later(() => orders.address)`. */
export function later(get: () => Target): Later {
  const data = { reference: 'later' as const, get };
  noText(data, () => ({ object: 'later(…)', instead: ALONE }));
  return Object.freeze(data) as unknown as Later;
}

/** One value for each stage, and where one environment of a stage differs, for that environment. */
export type PerEnvironment = Readonly<Record<StageName, string>> &
  Readonly<Partial<Record<EnvironmentName, string>>>;

/** A value that differs by environment. Environments resolve their own name first, then their stage, then what they are like. */
export function perEnvironment(values: PerEnvironment): SettingReference {
  const data = { reference: 'setting' as const, values };
  noText(data, () => ({ object: 'perEnvironment(…)', instead: ALONE }));
  return Object.freeze(data) as unknown as SettingReference;
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

function isEndpointTarget(value: unknown): value is EndpointTarget {
  if (!isObject(value)) return false;
  const { kind, application, name, servicePort, scheme } = value;
  // What is wrong with them is said where the reference is used.
  if (kind === 'external') return true;
  const texts = [application, name, scheme];
  return (
    kind === 'workload' &&
    texts.every((text) => typeof text === 'string') &&
    Number.isInteger(servicePort)
  );
}

export const isEndpointReference = (value: unknown): value is EndpointReference =>
  isObject(value) &&
  value.reference === 'endpoint' &&
  endpointParts.some((part) => part === value.part) &&
  typeof value.soft === 'boolean' &&
  isEndpointTarget(value.target);

export const isSecretReference = (value: unknown): value is SecretReference =>
  isObject(value) && value.reference === 'secret';

export const isSettingReference = (value: unknown): value is SettingReference =>
  isObject(value) && value.reference === 'setting';

export const isLater = (value: unknown): value is Later =>
  isObject(value) && value.reference === 'later' && typeof value.get === 'function';

export const isEndpoint = (value: unknown): value is Endpoint =>
  isObject(value) && isEndpointReference(value.address) && isEndpointReference(value.url);
