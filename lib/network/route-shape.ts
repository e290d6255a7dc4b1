import {
  custom,
  either,
  fields,
  integer,
  isBag,
  isDnsSubdomain,
  isEndpoint,
  isEndpointReference,
  isLater,
  isList,
  optional,
  some,
  table,
  text,
  type Shape,
} from '../foundation';
import type { HttpMethod } from './route-rule';

const httpMethods: readonly HttpMethod[] = [
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'DELETE',
  'CONNECT',
  'OPTIONS',
  'TRACE',
  'PATCH',
];

/** What the CRDs of routes take. */
const LONGEST_PATH = 1024;
const LONGEST_NAME = 256;
const LONGEST_VALUE = 4096;
const MOST_HEADERS = 16;
const MOST_RULES = 16;
const HEAVIEST = 1_000_000;
const TOKEN = /^[A-Za-z0-9!#$%&'*+\-.^_`|~]+$/;
const ROUTE_DURATION = /^(\d{1,5}(h|m|s|ms)){1,4}$/;
const GRPC_SERVICE = /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/;
const GRPC_METHOD = /^[A-Za-z_]\w*$/;

const isPrefix = (value: string): boolean => /^\/[A-Za-z0-9\-._~!$&'()*+,;=:@%/]*$/.test(value);
const isNormal = (value: string): boolean =>
  value.length <= LONGEST_PATH && !/\/\/|\/\.\.?(\/|$)|%2f|%(?![0-9a-f]{2})|#/i.test(value);
const path = (give: string): Shape =>
  text(give, (value) => isPrefix(value) && isNormal(value), 'PathInvalid');

const prefix = path("a path prefix such as '/api'");
const exact = fields({ exact: path("a path such as '/login'") }, "{ exact: '/login' }");
/** Path prefixes and exact paths. */
export const pathsShape: Shape = some(
  either((value) => (isBag(value) ? exact : prefix), prefix.give),
  "a list such as ['/api']",
);

export const isHeaderName = (value: string): boolean =>
  value.length <= LONGEST_NAME && TOKEN.test(value);
const headerValue = text(
  'a header value',
  (value) => value.length <= LONGEST_VALUE && /^[\t\x20-\x7e]+$/.test(value),
);
const headers: Shape = {
  give: 'headers as { Name: value }',
  check: (value, at, log) => {
    table(headerValue, headers.give).check(value, at, log);
    if (!isBag(value)) return;
    const names = Object.keys(value);
    for (const name of names.filter((each) => !isHeaderName(each))) {
      log.error('PropInvalid', `${at} has a header named '${name}'`, 'Use letters, digits and -');
    }
    const same = names.find((name, index) => names.findIndex(isLike(name)) !== index);
    if (same !== undefined)
      log.error('PropInvalid', `${at} has the header ${same} twice`, 'Remove one; case is nothing');
    if (names.length > MOST_HEADERS) {
      const found = `${at} has ${names.length} headers, and a route takes ${MOST_HEADERS}`;
      log.error('PropInvalid', found, 'Leave some out');
    }
  },
};
const isLike =
  (name: string) =>
  (other: string): boolean =>
    other.toLowerCase() === name.toLowerCase();

/** A list that is not empty and has nothing twice: the CRDs call it a set. */
export const distinct = (item: Shape, give: string): Shape => ({
  give,
  check: (value, at, log) => {
    some(item, give).check(value, at, log);
    const twice = isList(value) ? value.find((each, index) => value.indexOf(each) !== index) : '';
    if (typeof twice === 'string' && twice !== '')
      log.error('PropInvalid', `${at} has '${twice}' twice`, 'Remove one');
  },
});

const method = custom(
  (value) => httpMethods.some((each) => each === value),
  `one of ${httpMethods.join(', ')}`,
);
export const methodsShape = distinct(method, "a list such as ['GET']");

const backend = fields(
  {
    service: optional(
      custom(
        (value) => isEndpoint(value) || isEndpointReference(value) || isLater(value),
        'a web service or its address',
      ),
    ),
    weight: optional(integer(0, HEAVIEST, 'a whole number from 0 to 1000000')),
  },
  '{ service: orders, weight: 10 }',
);
const backends: Shape = {
  give: 'a list such as [{ weight: 90 }, { service: canary, weight: 10 }]',
  check: (value, at, log) => {
    some(backend, backends.give).check(value, at, log);
    if (!isList(value) || value.length === 0) return;
    if (value.length > MOST_RULES) {
      const found = `${at} has ${value.length} backends, and a route takes ${MOST_RULES}`;
      log.error('PropInvalid', found, 'Leave some out');
    }
    if (value.every((each) => isBag(each) && each.weight === 0))
      log.error('PropInvalid', `${at} has weights of 0 alone`, 'Give one a weight above 0');
  },
};

const duration = text(
  "a duration such as '10s' or '1m30s'",
  (value) => ROUTE_DURATION.test(value),
  'DurationInvalid',
);
const timeouts = fields(
  { request: optional(duration), backendRequest: optional(duration) },
  "{ request: '10s' }",
);
const requestHeaders = fields(
  {
    set: optional(headers),
    add: optional(headers),
    remove: optional(
      distinct(text('the name of a header', isHeaderName), "a list such as ['X-Debug']"),
    ),
  },
  "{ set: { 'X-Name': 'value' } }",
);

/** A name below the domain of an environment. */
export const hostShape: Shape = text(
  "a name below the domain, such as 'orders', or '@'",
  (value) => value === '@' || isDnsSubdomain(value),
  'HostnameInvalid',
);

const STATUS_CODES: readonly unknown[] = [301, 302, 303, 307, 308];
const redirectFields = fields(
  {
    scheme: optional(custom((value) => value === 'http' || value === 'https', "'http' or 'https'")),
    host: optional(hostShape),
    path: optional(path("a path such as '/new'")),
    statusCode: custom((value) => STATUS_CODES.includes(value), STATUS_CODES.join(', ')),
  },
  "{ path: '/new', statusCode: 308 }",
);
const redirect: Shape = {
  give: redirectFields.give,
  check: (value, at, log) => {
    redirectFields.check(value, at, log);
    if (!isBag(value) || value.host !== undefined || value.path !== undefined) return;
    const found = `${at} changes neither host nor path, so it leads back to itself`;
    log.error('PropInvalid', found, 'Give host or path; the gateway itself turns HTTP into HTTPS');
  },
};

const httpRule = fields(
  {
    paths: optional(pathsShape),
    methods: optional(methodsShape),
    headers: optional(headers),
    to: optional(backends),
    timeouts: optional(timeouts),
    requestHeaders: optional(requestHeaders),
    rewrite: optional(prefix),
    redirect: optional(redirect),
  },
  "a rule such as { paths: ['/api'] }",
);
const grpcRule = fields(
  {
    service: optional(text("a service such as 'shop.v1.Orders'", (it) => GRPC_SERVICE.test(it))),
    method: optional(text("a method such as 'Place'", (it) => GRPC_METHOD.test(it))),
    headers: optional(headers),
    to: optional(backends),
  },
  "a rule such as { service: 'shop.v1.Orders' }",
);

const isForGrpc = (value: unknown): boolean => {
  const has = (key: string): boolean => isBag(value) && value[key] !== undefined;
  return ['service', 'method'].some(has) && !['paths', 'methods', 'redirect'].some(has);
};

/** The rules of an exposure: HTTP or gRPC by what they say, as the port is not seen here. */
export const routesShape: Shape = {
  give: "a list such as [{ paths: ['/api'] }]",
  check: (value, at, log) => {
    const rule = either((each) => (isForGrpc(each) ? grpcRule : httpRule), httpRule.give);
    some(rule, routesShape.give).check(value, at, log);
    if (!isList(value)) return;
    for (const [index, each] of value.entries()) {
      if (!isBag(each) || each.redirect === undefined) continue;
      const beside = ['to', 'timeouts', 'requestHeaders', 'rewrite'].filter(
        (key) => each[key] !== undefined,
      );
      if (beside.length === 0) continue;
      const found = `${at}[${index}] has redirect beside ${beside.join(', ')}`;
      log.error('PropInvalid', found, 'Make two rules of it, or remove one');
    }
  },
};
