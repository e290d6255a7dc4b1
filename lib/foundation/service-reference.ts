import { changedTerms, termsOf, type CallProps, type Terms, type TermsChange } from './call';
import { misplaced } from './named';
import { isText } from './names';
import type { NotText } from './not-text';
import { marked, noText, token } from './reference-token';
import type { ServiceKind, ServiceOutput } from './service-model';

/** A backing service inside its application. */
export interface ServiceTarget {
  readonly kind: 'backing-service';
  /** The construct path of the application, by which a reference into another one is found. */
  readonly application: string;
  readonly name: string;
  readonly service: ServiceKind;
}

/** One key of what a backing service gives, as data. */
export interface ServiceData extends ServiceOutput {
  readonly reference: 'service';
  readonly target: ServiceTarget;
  /** Whether the caller survives without it. */
  readonly soft: boolean;
  /** What `call(…)` says of it. */
  readonly call?: CallProps;
}

/** A reference to what a backing service gives. It is known in the cluster alone, so it cannot become text. */
export type ServiceReference = ServiceData & NotText;

/** What `uses: [db]` takes: a backing service with its conventional variables. */
export interface BackingService {
  readonly backing: ServiceTarget;
  readonly soft: boolean;
  /** The environment variables by which clients find it, such as PGHOST. */
  readonly variables: Readonly<Record<string, ServiceReference | string>>;
}

/** A reference to one key of what a backing service gives. */
export function serviceReference(
  target: ServiceTarget,
  output: ServiceOutput,
  terms: Terms = { soft: false },
): ServiceReference {
  const data = { reference: 'service' as const, ...output, target, ...termsOf(terms) };
  const text = (): string => token({ secret: output.object, key: output.key });
  return Object.freeze(marked(data, text)) as unknown as ServiceReference;
}

/** The same reference, used in another way. */
export function changedServiceReference(
  reference: ServiceReference,
  change: TermsChange,
): ServiceReference {
  const data = reference as ServiceData;
  const { target, from, object, key, optional } = data;
  return serviceReference(target, { from, object, key, optional }, changedTerms(data, change));
}

/** The same service, used in another way. */
export function changedService(
  { backing, variables, soft }: BackingService,
  change: TermsChange,
): BackingService {
  const changed = Object.entries(variables).map(([name, value]) => [
    name,
    isServiceReference(value) ? changedServiceReference(value, change) : value,
  ]);
  const service = {
    backing,
    soft: change.soft ?? soft,
    variables: Object.fromEntries(changed) as BackingService['variables'],
  };
  return Object.freeze(noText(service, () => misplaced(service)));
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

export const isServiceReference = (value: unknown): value is ServiceReference =>
  isObject(value) &&
  value.reference === 'service' &&
  (value.from === 'Secret' || value.from === 'ConfigMap') &&
  [value.object, value.key].every(isText) &&
  [value.optional, value.soft].every((flag) => typeof flag === 'boolean') &&
  isServiceTarget(value.target);

const isServiceTarget = (value: unknown): value is ServiceTarget =>
  isObject(value) &&
  value.kind === 'backing-service' &&
  [value.application, value.name, value.service].every(isText);

export const isBackingService = (value: unknown): value is BackingService =>
  isObject(value) && isServiceTarget(value.backing) && isObject(value.variables);
