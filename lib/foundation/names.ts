const DNS_LABEL = /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/;
const DNS_SUBDOMAIN = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*$/;
const OBJECT_NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const QUALIFIED = /^([a-zA-Z0-9]([-._a-zA-Z0-9]{0,61}[a-zA-Z0-9])?)$/;
const ENV_NAME = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/;
const DATA_KEY = /^[-._a-zA-Z0-9]{1,253}$/;

const LONGEST_PATH = 4096;

/** Text that a process can be given and a manifest can hold: without NUL and without half a surrogate pair. */
export const isText = (value: unknown): value is string =>
  typeof value === 'string' && !/[\0\p{Surrogate}]/u.test(value);

const matches = (text: unknown, pattern: RegExp): boolean =>
  typeof text === 'string' && pattern.test(text);

/**
 * Names of workloads and applications: RFC 1035 labels of at most 63 characters, because a Service takes the name.
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#rfc-1035-label-names
 */
export const isDnsLabel = (text: unknown): boolean => matches(text, DNS_LABEL);

/** Hostnames: RFC 1123 subdomains of at most 253 characters. */
export const isDnsSubdomain = (text: unknown): boolean =>
  typeof text === 'string' && text.length <= 253 && DNS_SUBDOMAIN.test(text);

/** Names of most objects: at most 253 characters, whose parts may be longer than those of a hostname. */
export const isObjectName = (text: unknown): boolean =>
  typeof text === 'string' && text.length <= 253 && OBJECT_NAME.test(text);

/** A label value: empty, or at most 63 characters that begin and end alphanumeric. */
export const isLabelValue = (text: unknown): boolean => text === '' || matches(text, QUALIFIED);

/** A label or annotation key: a name with an optional DNS prefix, such as `example.com/tier`. */
export function isLabelKey(text: string): boolean {
  const parts = text.split('/');
  const [prefix, name] = parts.length === 2 ? parts : [undefined, parts[0]];
  if (parts.length > 2 || (prefix !== undefined && !isDnsSubdomain(prefix))) return false;
  return name !== undefined && QUALIFIED.test(name);
}

/** The name of an environment variable, by the rule of Kubernetes 1.30 without feature gates. */
export const isEnvName = (text: string): boolean =>
  ENV_NAME.test(text) && text !== '.' && !text.startsWith('..');

/** A key of a ConfigMap or Secret. */
export const isDataKey = (text: unknown): boolean =>
  typeof text === 'string' && DATA_KEY.test(text) && text !== '.' && !text.startsWith('..');

/** An absolute path inside a container, without `.`, `..`, empty parts and colons (which volume mounts refuse). */
export const isContainerPath = (text: string): boolean =>
  text.length <= LONGEST_PATH &&
  isText(text) &&
  /^(\/[^/:]+)+$/.test(text) &&
  !text.split('/').some((part) => part === '.' || part === '..');
