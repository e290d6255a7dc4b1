import type { GrpcRuleModel, HttpRuleModel } from '../foundation';

// What two routes on one hostname clash by, as people write it: `POST /orders with x-version: 2`.

const withHeaders = (headers: Readonly<Record<string, string>> | undefined): string => {
  const entries = Object.entries(headers ?? {}).map(
    ([name, value]) => `${name.toLowerCase()}: ${value}`,
  );
  return entries.length === 0 ? '' : ` with ${entries.sort().join(', ')}`;
};

/** Each path and method that a rule matches. */
export const httpMatches = ({ paths, methods, headers }: HttpRuleModel): readonly string[] =>
  paths.flatMap(({ type, value }) => {
    // As prefixes, /api and /api/ are the same.
    const path = type === 'Exact' ? `exactly ${value}` : value.replace(/(.)\/$/, '$1');
    const list = methods ? methods.map((method) => `${method} ${path}`) : [path];
    return list.map((match) => `${match}${withHeaders(headers)}`);
  });

/** The calls that a rule matches. */
export const grpcMatch = ({ service, method, headers }: GrpcRuleModel): string => {
  const call = method === undefined ? (service ?? 'every call') : `${service ?? '*'}/${method}`;
  return `${call}${withHeaders(headers)}`;
};
