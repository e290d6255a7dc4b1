/** How a workload is reached from outside: what the binding makes routes of. */
export type ExposureModel = HttpExposureModel | GrpcExposureModel;

/** A way in for HTTP. */
export interface HttpExposureModel {
  /** The name below the environment's domain; `@` is the domain itself. */
  readonly host: string;
  readonly protocol: 'http';
  readonly rules: readonly HttpRuleModel[];
  readonly cors?: CorsModel;
}

/** A way in for gRPC. */
export interface GrpcExposureModel {
  readonly host: string;
  readonly protocol: 'grpc';
  readonly rules: readonly GrpcRuleModel[];
}

/** A path of requests. */
export interface PathModel {
  readonly type: 'Exact' | 'PathPrefix';
  readonly value: string;
}

/** A workload that gets a part of the requests. */
export interface BackendModel {
  readonly workload: string;
  readonly weight: number;
}

/** Which HTTP requests go where. */
export interface HttpRuleModel {
  readonly paths: readonly PathModel[];
  /** Absent: every method. */
  readonly methods?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
  /** Empty when they are redirected. */
  readonly backends: readonly BackendModel[];
  readonly redirect?: RedirectModel;
  readonly timeouts?: { readonly request?: string; readonly backendRequest?: string };
  readonly requestHeaders?: HeaderChangeModel;
  /** What the prefix is replaced by. */
  readonly rewrite?: string;
}

/** Which gRPC calls go where. */
export interface GrpcRuleModel {
  readonly service?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly backends: readonly BackendModel[];
}

/** Where else a request is told to go. */
export interface RedirectModel {
  readonly scheme?: 'http' | 'https';
  /** A name below the environment's domain. */
  readonly host?: string;
  readonly path?: string;
  readonly statusCode: number;
}

/** What the gateway does to the headers of a request. */
export interface HeaderChangeModel {
  readonly set?: Readonly<Record<string, string>>;
  readonly add?: Readonly<Record<string, string>>;
  readonly remove?: readonly string[];
}

/** Which pages of other sites may call. */
export interface CorsModel {
  readonly origins: readonly string[];
  readonly methods?: readonly string[];
  readonly headers?: readonly string[];
  readonly exposeHeaders?: readonly string[];
  readonly maxAgeSeconds: number;
  readonly credentials: boolean;
}
