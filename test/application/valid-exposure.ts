import fc from 'fast-check';
import type { GrpcExposure, HttpExposure } from '../../lib';
import { backend, between, matching, name, props, word } from './valid-parts';

const host = fc.oneof(name(63), matching(/^[a-z]{1,5}\.[a-z0-9]{1,5}$/), fc.constant('@'));
const segment = matching(/^[A-Za-z0-9_-]{0,12}$/);
const headers = fc.dictionary(matching(/^x-[a-z]{1,8}$/), word, { maxKeys: 2 });
const weights = between(1, 1_000_000).map((weight) => [{ weight }]);
const milliseconds = between(1, 99_999).map((amount) => `${amount}ms`);
const match = {
  methods: fc.uniqueArray(fc.constantFrom('GET' as const, 'POST' as const, 'PATCH' as const), {
    minLength: 1,
  }),
  headers,
};
const forward = props(
  {
    ...match,
    to: weights,
    timeouts: props({ request: milliseconds }, []),
    requestHeaders: props({ set: headers, add: headers, remove: fc.constant(['x-debug']) }, []),
    rewrite: segment.map((path) => `/${path}`),
  },
  [],
);
const redirect = props(
  {
    ...match,
    redirect: props(
      {
        scheme: fc.constantFrom('http' as const, 'https' as const),
        host,
        path: fc.constant('/elsewhere'),
        statusCode: fc.constantFrom(301 as const, 302 as const, 308 as const),
      },
      ['path', 'statusCode'],
    ),
  },
  ['redirect'],
);
/** Rules none of which matches what another does. */
const httpRules = fc
  .array(fc.tuple(fc.oneof(forward, redirect), segment), { minLength: 1, maxLength: 3 })
  .map((list) => list.map(([rule, path], index) => ({ ...rule, paths: [`/${index}${path}`] })));
const cors = props(
  {
    origins: fc.constantFrom(['https://app.example.com'], ['*'], ['https://*.example.com']),
    methods: match.methods,
    headers: fc.constantFrom(['*'], ['X-One', 'X-Two']),
    exposeHeaders: fc.constant(['X-Three']),
    maxAgeSeconds: between(1, 86_400),
  },
  ['origins'],
);
const paths = fc.uniqueArray(
  segment.map((path) => `/${path}`),
  { minLength: 1, maxLength: 3 },
);
const httpExposure = fc.oneof(
  props({ host, paths, cors }, ['host']),
  props({ host, routes: httpRules, cors }, ['host', 'routes']),
) as fc.Arbitrary<HttpExposure>;
const grpcRules = fc
  .array(
    props(
      {
        service: matching(/^[a-z]{1,6}(\.[A-Z][a-z_0-9]{0,6})?$/),
        method: matching(/^[A-Z][A-Za-z]{0,8}$/),
        headers,
        to: fc.oneof(
          weights,
          weights.map((own) => [...own, { service: backend, weight: 3 }]),
        ),
      },
      [],
    ),
    { minLength: 1, maxLength: 3 },
  )
  .map((list) => list.map((rule, index) => ({ ...rule, method: `M${index}${rule.method ?? ''}` })));
const grpcExposure = props({ host, routes: grpcRules }, ['host']) as fc.Arbitrary<GrpcExposure>;
/** Ways in, by what the port speaks. */
export const exposure = fc.record({ http: httpExposure, grpc: grpcExposure });
