import { fields, isDnsSubdomain, optional, some, text, type Shape } from '../foundation';

/** How a web service is reached from outside the cluster. */
export interface Exposure {
  /** The name below the environment's domain: `orders` becomes `orders.example.com`. `@` is the domain itself. */
  readonly host: string;
  /** URL path prefixes. @default ['/'] - everything */
  readonly paths?: readonly string[];
}

/** What the CRD of HTTPRoute takes. */
const LONGEST_PATH = 1024;
const isPrefix = (value: string): boolean => /^\/[A-Za-z0-9\-._~!$&'()*+,;=:@%/]*$/.test(value);
const isNormal = (value: string): boolean =>
  value.length <= LONGEST_PATH && !/\/\/|\/\.\.?(\/|$)|%2f|%(?![0-9a-f]{2})|#/i.test(value);

export const exposureShape: Shape = fields(
  {
    host: text(
      "a name below the domain, such as 'orders', or '@'",
      (value) => value === '@' || isDnsSubdomain(value),
      'HostnameInvalid',
    ),
    paths: optional(
      some(
        text(
          "a path prefix such as '/api'",
          (value) => isPrefix(value) && isNormal(value),
          'PathInvalid',
        ),
        "a list such as ['/api']",
      ),
    ),
  },
  "{ host: 'orders' }",
);
