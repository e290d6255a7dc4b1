import {
  describe,
  endpointText,
  isEndpoint,
  isEndpointReference,
  isLater,
  isBackingService,
  isPublishedReference,
  isPublishedService,
  isSecretReference,
  isServiceReference,
  isSettingReference,
  replaceTokens,
  hasTokens,
  type Dependency,
  type Endpoint,
  type EndpointReference,
  type EnvValue,
  type EnvVar,
  type Later,
  type ProblemLog,
  type SecretModel,
  type ServiceData,
  type ServiceReference,
  type PublishedData,
  type PublishedReference,
  type SettingReference,
  type Target,
  type SettingModel,
} from '../foundation';
import type { SecretFile } from '../workload';
import type { ContainerProps } from './workload-props';
import type { WorkloadTarget } from './workload-target';

/** What the references of one container come to. */
export interface Wiring {
  readonly env: readonly EnvVar[];
  readonly files: readonly SecretFile[];
  readonly settings: readonly SettingModel[];
  readonly secrets: readonly SecretModel[];
  readonly targets: readonly WorkloadTarget[];
}

/** The container that is wired, and its place in the props. */
export interface WiredContainer {
  readonly workload: string;
  readonly name: string;
  readonly isMain: boolean;
  /** `env` for the main container, `sidecars.proxy.env` for another. */
  readonly path: string;
}

/** The ConfigMap in which the binding gives a workload its settings. */
export const settingsName = (workload: string): string => `${workload}-settings`;

/** A home that exists and is writable: an id without a passwd entry would get `/`. */
const HOME: EnvVar = { name: 'HOME', value: '/tmp' };

/** Turns what a team wrote in `env` and `files` into variables, mounts and the dependencies that they are. */
export function wire(place: WiredContainer, props: ContainerProps, log: ProblemLog): Wiring {
  const given = Object.entries(props.env ?? {});
  const settings: SettingModel[] = [];
  const secrets: SecretModel[] = [];
  const targets: WorkloadTarget[] = [];
  const env = given.map(([name, value]): EnvVar => {
    const found = resolveLater(value, `${place.path}.${name}`, log, isValue);
    if (isSettingReference(found) || isPublishedReference(found)) {
      if (isPublishedReference(found)) targets.push(found);
      const key = place.isMain ? name : `${place.name}.${name}`;
      settings.push({ key, container: place.name, variable: name, ...settingValue(found) });
      const configMapKeyRef = { name: settingsName(place.workload), key };
      return { name, valueFrom: { configMapKeyRef } };
    }
    if (isServiceReference(found)) {
      targets.push(found);
      return { name, valueFrom: serviceValue(found) };
    }
    if (isSecretReference(found)) {
      secrets.push({ secret: found.secret, key: found.key });
      return { name, valueFrom: { secretKeyRef: { name: found.secret, key: found.key } } };
    }
    return { name, value: textOf(found, `${place.path}.${name}`, targets, log) };
  });
  const files = Object.entries(props.files ?? {}).map(([path, secret]): SecretFile => {
    if (isServiceReference(secret)) {
      targets.push(secret);
      const { object, key, optional } = secret;
      return { path, secret: { reference: 'secret', secret: object, key }, optional };
    }
    secrets.push({ secret: secret.secret, key: secret.key });
    return { path, secret };
  });
  const home = Object.hasOwn(props.env ?? {}, 'HOME') ? [] : [HOME];
  return { env: [...home, ...env], files, settings, secrets, targets };
}

/** What the binding needs to give a setting its value: values, or the contract whose address it is. */
function settingValue(
  found: SettingReference | PublishedReference,
): Pick<SettingModel, 'values' | 'published'> {
  if (isSettingReference(found)) return { values: found.values };
  const { part, target } = found as PublishedData;
  return { values: {}, published: { part, target } };
}

/** A key of a backing service as a variable. One that may be missing must not keep the container from starting. */
function serviceValue({
  from,
  object,
  key,
  optional,
}: ServiceData): NonNullable<EnvVar['valueFrom']> {
  const selector = { name: object, key, ...(optional && { optional }) };
  return from === 'Secret' ? { secretKeyRef: selector } : { configMapKeyRef: selector };
}

/** The endpoints behind `uses`. */
export function usedEndpoints(
  uses: readonly Dependency[],
  log: ProblemLog,
): readonly WorkloadTarget[] {
  return uses.flatMap((use, index): readonly WorkloadTarget[] => {
    const found = resolveLater(use, `uses[${index}]`, log, isTarget);
    if (isEndpoint(found) || isPublishedService(found)) return [found.address];
    if (isBackingService(found)) return Object.values(found.variables).filter(isServiceReference);
    if (isServiceReference(found) || isPublishedReference(found)) return [found];
    return isEndpointReference(found) ? [found] : [];
  });
}

/** The reference behind an endpoint, however it was given. */
export function resolveEndpoint(
  given: EndpointReference | Endpoint | Later,
  path: string,
  log: ProblemLog,
): EndpointReference | undefined {
  const found = resolveLater(given, path, log, isValue);
  if (isEndpoint(found)) return found.address;
  return isEndpointReference(found) ? found : undefined;
}

function textOf(
  value: EnvValue | undefined,
  path: string,
  targets: WorkloadTarget[],
  log: ProblemLog,
): string {
  if (isEndpointReference(value)) {
    targets.push(value);
    return endpointText(value);
  }
  if (typeof value !== 'string') return '';
  return hasTokens(value) ? expand(value, path, targets, log) : value;
}

function expand(text: string, path: string, targets: WorkloadTarget[], log: ProblemLog): string {
  return replaceTokens(text, (token) => {
    if (token.kind === 'endpoint') {
      targets.push(token.reference);
      return endpointText(token.reference);
    }
    if (token.kind === 'secret') {
      const found = `${path} writes the secret ${token.secret} into a text`;
      const fix = `Give the reference itself to a variable, and compose with $(NAME) in another`;
      log.error('SecretInText', found, fix);
    } else if (token.kind === 'published') {
      const found = `${path} writes the address of ${token.published} into a text, and it differs by environment`;
      const fix = `Give the reference itself to a variable, and compose with $(NAME) in another`;
      log.error('EnvValueInvalid', found, fix);
    } else if (token.kind === 'object') {
      const found = `${path} writes ${token.object} into a text`;
      log.error('EnvValueInvalid', found, token.instead);
    } else {
      const fix = 'Give external(…) a host and a port, and soft(…) and call(…) a reference';
      log.error('EnvValueInvalid', `${path} holds a reference that leads nowhere`, fix);
    }
    return '';
  });
}

const isValue = (
  value: unknown,
): value is EndpointReference | PublishedReference | ServiceReference =>
  isEndpointReference(value) || isServiceReference(value) || isPublishedReference(value);
/** Whether a value is what `uses` may lead to. */
export const isTarget = (value: unknown): value is Target =>
  isValue(value) || isEndpoint(value) || isBackingService(value) || isPublishedService(value);

/** Asks `later(...)`; anything else is what it is. */
export function resolveLater<T, R extends Target>(
  value: T | Later,
  path: string,
  log: ProblemLog,
  isWanted: (found: unknown) => found is R,
): T | R | EndpointReference | PublishedReference | undefined {
  if (!isLater(value)) return value;
  const fix = 'Return a reference, as in later(() => orders.address)';
  try {
    const found: unknown = value.get();
    if (isWanted(found)) return found;
    if (isEndpoint(found) || isPublishedService(found)) return found.address;
    log.error('LaterFailed', `${path} returned ${describe(found)}`, fix);
  } catch (error) {
    log.error('LaterFailed', `${path} threw ${describe(thrown(error))}`, fix);
  }
  return undefined;
}

/** An error as `TypeError: no`; anything else as it is. */
const thrown = (error: unknown): unknown => (error instanceof Error ? String(error) : error);
