import type { Endpoint, EndpointReference, Later } from '../foundation';

/** The methods that a route can tell apart. */
export type HttpMethod =
  'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE' | 'CONNECT' | 'OPTIONS' | 'TRACE' | 'PATCH';

/** A path prefix such as `/api`, whole parts of it, or exactly one path. */
export type RoutePath = string | { readonly exact: string };

/** A workload of the application that gets a part of the requests. For the gateway it is a dependency, for the exposed workload it is none. */
export interface WeightedBackend {
  /** A web service or its address, `later(…)` where it is declared further down. @default the exposed workload itself */
  readonly service?: EndpointReference | Endpoint | Later;
  /** Its part of the sum of all weights, 0 to 1,000,000. @default 1 */
  readonly weight?: number;
}

/** How long the gateway waits, as durations such as `10s` or `1m30s`. @see https://gateway-api.sigs.k8s.io/geps/gep-1742/ */
export interface RouteTimeouts {
  /** For the whole request, all tries included. @default the gateway's own */
  readonly request?: string;
  /** For one try. @default the gateway's own */
  readonly backendRequest?: string;
}

/** Changes of the headers that the workload sees. */
export interface HeaderChange {
  readonly set?: Readonly<Record<string, string>>;
  readonly add?: Readonly<Record<string, string>>;
  readonly remove?: readonly string[];
}

/** Where else a request is told to go. Gives at least a host or a path: from HTTP to HTTPS alone is the shared gateway's business. */
export interface Redirect {
  readonly scheme?: 'http' | 'https';
  /** A name below the environment's domain, or `@`. @default the host of the request */
  readonly host?: string;
  /** The whole path. @default the path of the request */
  readonly path?: string;
  /** 301 and 308 are for good, and browsers keep them; 307 and 308 keep the method. */
  readonly statusCode: 301 | 302 | 303 | 307 | 308;
}

/** Which HTTP requests a rule is about: those that have one of the paths, one of the methods and all headers. */
export interface HttpMatch {
  /** @default ['/'] - everything */
  readonly paths?: readonly RoutePath[];
  /** @default every method */
  readonly methods?: readonly HttpMethod[];
  /** Headers and the values that they must have. @default whatever the headers */
  readonly headers?: Readonly<Record<string, string>>;
  readonly service?: never;
  readonly method?: never;
}

/** A rule that brings requests to workloads. */
export interface HttpForward extends HttpMatch {
  /** @default the exposed workload itself */
  readonly to?: readonly WeightedBackend[];
  readonly timeouts?: RouteTimeouts;
  readonly requestHeaders?: HeaderChange;
  /** Replaces the prefix that matched: `/` takes it away. */
  readonly rewrite?: string;
  readonly redirect?: never;
}

/** A rule that sends clients elsewhere. */
export interface HttpRedirect extends HttpMatch {
  readonly redirect: Redirect;
  readonly to?: never;
  readonly timeouts?: never;
  readonly requestHeaders?: never;
  readonly rewrite?: never;
}

/** What becomes of some HTTP requests. Of several rules the one with the longest path decides, then methods, then headers. */
export type HttpRule = HttpForward | HttpRedirect;

/** What becomes of some gRPC calls. */
export interface GrpcRule {
  /** The full name, such as `shop.v1.Orders`. @default every service */
  readonly service?: string;
  /** @default every method */
  readonly method?: string;
  /** Metadata and the values that it must have. @default whatever the metadata */
  readonly headers?: Readonly<Record<string, string>>;
  /** @default the exposed workload itself */
  readonly to?: readonly WeightedBackend[];
  readonly paths?: never;
  readonly methods?: never;
  readonly timeouts?: never;
  readonly requestHeaders?: never;
  readonly rewrite?: never;
  readonly redirect?: never;
}

/** Which pages of other sites may call, and what they may see. The gateway answers for the workload. */
export interface Cors {
  /** Such as `https://app.example.com` or `https://*.example.com`; `*` is every site. */
  readonly origins: readonly string[];
  /** @default GET, HEAD and POST - those that need no leave */
  readonly methods?: readonly HttpMethod[];
  /** Headers that requests may have beyond the few that need no leave. */
  readonly headers?: readonly string[];
  /** Headers of answers that the page may read. */
  readonly exposeHeaders?: readonly string[];
  /** How long a browser may keep the answer. @default 5 - what browsers do unasked */
  readonly maxAgeSeconds?: number;
  /** Whether the browser sends cookies along. @default false - with them a page acts as the user */
  readonly credentials?: boolean;
}
