import { changedTerms, termsOf, type CallProps, type Terms, type TermsChange } from './call';
import { describe } from './describe';
import { endpointParts, type EndpointPart } from './endpoint-form';
import { misplaced } from './named';
import { isDnsLabel } from './names';
import type { NotText } from './not-text';
import { marked, noText, token } from './reference-token';

/** The schemes of what may be published. */
export const publishedSchemes = ['http', 'https', 'grpc', 'tcp'] as const;
export type PublishedScheme = (typeof publishedSchemes)[number];

/** What an application offers to others, as data: it depends on no environment. */
export interface PublishedTarget {
  readonly kind: 'published';
  /** The id of the application that offers it. */
  readonly application: string;
  /** The id of its web service. */
  readonly service: string;
  /** The port on which the container listens: network policies speak of it. */
  readonly port: number;
  /** The port of the Service. */
  readonly servicePort: number;
  readonly scheme: PublishedScheme;
}

/** One form of a published address, as data. */
export interface PublishedData {
  readonly reference: 'published';
  readonly part: EndpointPart;
  readonly target: PublishedTarget;
  /** Whether the caller survives without it. */
  readonly soft: boolean;
  /** What `call(…)` says of it. */
  readonly call?: CallProps;
}

/** A reference to a published address. It depends on the environment, so it cannot become text: the binding gives it. */
export type PublishedReference = PublishedData & NotText;

/** The contract of a web service that another application owns. */
export interface PublishedService {
  readonly published: PublishedTarget;
  readonly soft: boolean;
  /** `host:port` */
  readonly address: PublishedReference;
  /** The DNS name alone. */
  readonly host: PublishedReference;
  /** The port alone, as text. */
  readonly port: PublishedReference;
  /** `scheme://host`, with the port where it is not the scheme's own. */
  readonly url: PublishedReference;
}

export interface PublishedProps {
  /** The id of the application that offers it. */
  readonly application: string;
  /** The id of its web service. */
  readonly service: string;
  /** The port on which the container listens. */
  readonly port: number;
  /** The port of the Service. @default the container's port, as of a WebService */
  readonly servicePort?: number;
  /** @default 'http' */
  readonly scheme?: PublishedScheme;
}

/**
 * A contract between applications: the owner exports it from its package and gives it to its web service as `publish`, others use its
 * `address`, `host`, `port` or `url` as they would a web service's. Both network policies follow from it.
 */
export function published(props: PublishedProps): PublishedService & NotText {
  // Anything else is reported where it is used.
  const given: PublishedProps = isObject(props) ? props : ({} as PublishedProps);
  const { application, service, port, servicePort = port, scheme = 'http' } = given;
  const contract = publishedService(
    Object.freeze({ kind: 'published', application, service, port, servicePort, scheme }),
  );
  return contract as PublishedService & NotText;
}

function publishedService(
  target: PublishedTarget,
  terms: Terms = { soft: false },
): PublishedService {
  const part = (name: EndpointPart): PublishedReference =>
    publishedReference({ target, part: name, ...termsOf(terms) });
  const service = {
    published: target,
    soft: terms.soft,
    address: part('address'),
    host: part('host'),
    port: part('port'),
    url: part('url'),
  };
  noText(service, () => misplaced(service));
  // A contract is plain data, which may come as JSON: its forms go there as they are, not as markers.
  const plain = Object.fromEntries(
    Object.entries(service).map(([name, value]) => [
      name,
      typeof value === 'object' ? { ...(value as object) } : value,
    ]),
  );
  Object.defineProperty(service, 'toJSON', { value: () => plain });
  return Object.freeze(service);
}

function publishedReference(given: Omit<PublishedData, 'reference'>): PublishedReference {
  const data = { reference: 'published' as const, ...given };
  const text = (): string => token({ published: publishedName(given.target) });
  return Object.freeze(marked(data, text)) as unknown as PublishedReference;
}

/** The same reference, used in another way. */
export function changedPublishedReference(
  reference: PublishedReference,
  change: TermsChange,
): PublishedReference {
  const data = reference as PublishedData;
  const { target, part } = data;
  return publishedReference({ target, part, ...changedTerms(data, change) });
}

/** The same contract, used in another way. */
export const changedPublished = (
  service: PublishedService,
  change: TermsChange,
): PublishedService => publishedService(service.published, changedTerms(service.address, change));

/** What a published service is called in messages and in the model: `warehouse/stock`. */
export const publishedName = ({
  application,
  service,
}: Pick<PublishedTarget, 'application' | 'service'>): string => `${application}/${service}`;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const isTarget = (value: unknown): boolean => isObject(value) && value.kind === 'published';

export const isPublishedReference = (value: unknown): value is PublishedReference =>
  isObject(value) &&
  value.reference === 'published' &&
  endpointParts.some((part) => part === value.part) &&
  typeof value.soft === 'boolean' &&
  isTarget(value.target);

export const isPublishedService = (value: unknown): value is PublishedService =>
  isObject(value) && isTarget(value.published) && isPublishedReference(value.address);

const isPort = (value: unknown, least: number): boolean =>
  Number.isInteger(value) && (value as number) >= least && (value as number) <= 65_535;

/** The fields of a contract that are wrong, as clauses; none when it is right. */
export function contractFaults(target: PublishedTarget): readonly string[] {
  const { application, service, port, servicePort, scheme } = target;
  const checks: readonly (readonly [string, unknown, boolean])[] = [
    ['application', application, isDnsLabel(application)],
    ['service', service, isDnsLabel(service)],
    ['port', port, isPort(port, 1024)],
    ['servicePort', servicePort, isPort(servicePort, 1)],
    ['scheme', scheme, publishedSchemes.includes(scheme)],
  ];
  // Left out, the port of the Service is the container's.
  const isSame = port === servicePort;
  return checks
    .filter(([name, , isRight]) => !isRight && !(isSame && name === 'servicePort'))
    .map(([name, value]) => `${name} is ${describe(value)}`);
}
