import type { Cors, GrpcRule, HttpRule, RoutePath } from './route-rule';

/** Where a way in from outside is. */
export interface ExposureHost {
  /** The name below the environment's domain: `orders` becomes `orders.example.com`. `@` is the domain itself. */
  readonly host: string;
}

/** How a web service that speaks HTTP is reached from outside the cluster. */
export type HttpExposure = ExposureHost & {
  /** @default no page of another site may call */
  readonly cors?: Cors;
} & (
    | {
        /** URL path prefixes. @default ['/'] - everything */
        readonly paths?: readonly RoutePath[];
        readonly routes?: never;
      }
    | {
        /** Rules, where paths alone do not say it. */
        readonly routes: readonly HttpRule[];
        readonly paths?: never;
      }
  );

/** How a web service that speaks gRPC is reached from outside the cluster. */
export interface GrpcExposure extends ExposureHost {
  /** @default one rule for every call */
  readonly routes?: readonly GrpcRule[];
  readonly paths?: never;
  readonly cors?: never;
}

/** How a web service is reached from outside the cluster. */
export type Exposure = HttpExposure | GrpcExposure;
