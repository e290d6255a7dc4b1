import {
  isEndpointReference,
  type BackendModel,
  type CorsModel,
  type EndpointReference,
  type ExposureModel,
  type GrpcRuleModel,
  type HttpRuleModel,
  type PathModel,
  type ProblemLog,
} from '../foundation';
import type {
  Cors,
  Exposure,
  GrpcExposure,
  HttpExposure,
  HttpRule,
  RoutePath,
  WeightedBackend,
} from '../network';
import type { ResolvedPort } from '../workload';
import { resolveEndpoint } from './wiring';
import { checkRules } from './check-rules';

/** A workload to which a route of another leads: a dependency of the gateway. */
export interface RouteBackend {
  /** The prop that names it. */
  readonly place: string;
  readonly reference: EndpointReference;
}

/** What an exposure comes to. */
export interface ResolvedExposure {
  readonly model: ExposureModel;
  readonly backends: readonly RouteBackend[];
}

/** What browsers and the CRD take when nothing is said. */
const STOCK_MAX_AGE_SECONDS = 5;

/** Fills in the defaults of an exposure; undefined when there is none, or no route can carry what the port speaks. */
export function tryResolveExposure(
  workload: string,
  { exposure: given, port }: { readonly exposure?: Exposure; readonly port?: ResolvedPort },
  log: ProblemLog,
): ResolvedExposure | undefined {
  if (!given || !port) return undefined;
  if (port.name === 'tcp' || port.tls) {
    const spoken = port.tls ? 'TLS' : 'TCP';
    const found = `it is exposed, and its port ${port.number} speaks ${spoken}, which no route carries`;
    const fix = 'Expose a plain http(…) or grpc(…) port; the gateway does TLS';
    log.error('ExposureInvalid', found, fix);
    return undefined;
  }
  if (!checkProtocol(given, port, log)) return undefined;
  const backends: RouteBackend[] = [];
  const to = (
    list: readonly WeightedBackend[] | undefined,
    place: string,
  ): readonly BackendModel[] =>
    (list ?? [{}]).flatMap(({ service, weight = 1 }, index) => {
      if (service === undefined) return [{ workload, weight }];
      const at = `${place}.to[${index}].service`;
      const reference = resolveEndpoint(service, at, log);
      if (!isEndpointReference(reference)) return [];
      backends.push({ place: at, reference });
      const { target } = reference;
      return target.kind === 'workload' ? [{ workload: target.name, weight }] : [];
    });
  const model =
    port.name === 'grpc'
      ? grpcExposure(given as GrpcExposure, to)
      : httpExposure(given as HttpExposure, to);
  checkRules(model, log);
  return { model, backends };
}

type To = (list: readonly WeightedBackend[] | undefined, place: string) => readonly BackendModel[];

const placeOf = (index: number): string => `expose.routes[${index}]`;

function grpcExposure({ host, routes = [{}] }: GrpcExposure, to: To): ExposureModel {
  const rules = routes.map(({ service, method, headers, to: list }, index): GrpcRuleModel => ({
    ...(service !== undefined && { service }),
    ...(method !== undefined && { method }),
    ...(hasEntries(headers) && { headers }),
    backends: to(list, placeOf(index)),
  }));
  return { host, protocol: 'grpc', rules };
}

function httpExposure(given: HttpExposure, to: To): ExposureModel {
  const { host, cors, paths, routes = [{ ...(paths && { paths }) }] } = given;
  return {
    host,
    protocol: 'http',
    rules: routes.map((rule, index) => httpRule(rule, placeOf(index), to)),
    ...(cors && { cors: corsModel(cors) }),
  };
}

function httpRule(rule: HttpRule, place: string, to: To): HttpRuleModel {
  const { paths = ['/'], methods, headers, redirect } = rule;
  const match = {
    paths: paths.map(pathModel),
    ...(methods && { methods }),
    ...(hasEntries(headers) && { headers }),
  };
  if (redirect) return { ...match, backends: [], redirect };
  const { timeouts, requestHeaders, rewrite } = rule;
  return {
    ...match,
    backends: to(rule.to, place),
    ...(hasEntries(timeouts) && { timeouts }),
    ...(requestHeaders && Object.values(requestHeaders).some(hasEntries) && { requestHeaders }),
    ...(rewrite !== undefined && { rewrite }),
  };
}

const hasEntries = <T extends object>(given: T | undefined): given is T =>
  given !== undefined && Object.keys(given).length > 0;

const pathModel = (given: RoutePath): PathModel =>
  typeof given === 'string'
    ? { type: 'PathPrefix', value: given }
    : { type: 'Exact', value: given.exact };

const corsModel = ({ maxAgeSeconds, credentials, ...lists }: Cors): CorsModel => ({
  ...lists,
  maxAgeSeconds: maxAgeSeconds ?? STOCK_MAX_AGE_SECONDS,
  credentials: credentials ?? false,
});

const OF_HTTP = ['paths', 'methods', 'timeouts', 'requestHeaders', 'rewrite', 'redirect'];
const OF_GRPC = ['service', 'method'];

/** Whether an exposure says nothing that its port does not speak. The types say the same. */
function checkProtocol(given: Exposure, port: ResolvedPort, log: ProblemLog): boolean {
  const isGrpc = port.name === 'grpc';
  const others = isGrpc ? OF_HTTP : OF_GRPC;
  const of = (bag: object, place: string, names: readonly string[]): readonly string[] =>
    names.filter((name) => Reflect.get(bag, name) !== undefined).map((name) => `${place}.${name}`);
  const found = [
    ...(isGrpc ? of(given, 'expose', ['paths', 'cors']) : []),
    ...(given.routes ?? []).flatMap((rule, index) => of(rule, placeOf(index), others)),
  ];
  if (found.length === 0) return true;
  const [is, spoken] = [found.length === 1 ? 'is' : 'are', isGrpc ? 'gRPC' : 'HTTP'];
  log.error(
    'ExposureInvalid',
    `${found.join(', ')} ${is} given, and port ${port.number} speaks ${spoken}`,
    isGrpc ? 'Give routes such as { service, method }' : 'Give routes such as { paths, methods }',
  );
  return false;
}
