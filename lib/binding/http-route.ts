import type {
  HttpRouteSpec,
  HttpRouteSpecRules,
  HttpRouteSpecRulesFilters,
  HttpRouteSpecRulesMatches,
} from '../../imports/gateway.networking.k8s.io';
import type { Gateway } from '../environment';
import type {
  CorsModel,
  HttpExposureModel,
  HttpRuleModel,
  Manifest,
  PathModel,
  Plain,
} from '../foundation';
import type { Bound } from './bound';
import { below, type Exposed } from './exposed';
import { backendRefs, headerMatches, headersOf, parentRef, routeManifest } from './route-parts';

type Rule = Plain<HttpRouteSpecRules>;
type Match = Plain<HttpRouteSpecRulesMatches>;
type Filter = Plain<HttpRouteSpecRulesFilters>;

/** The HTTPRoute of a workload that speaks HTTP. */
export function httpRoute(
  bound: Bound,
  exposed: Exposed<HttpExposureModel>,
  gateway: Gateway,
): Manifest {
  const { rules, cors } = exposed.exposure;
  const spec: Plain<HttpRouteSpec> = {
    parentRefs: [parentRef(bound, gateway, exposed.hostname)],
    hostnames: [exposed.hostname],
    rules: [...rules, ...(cors ? preflights(rules) : [])].flatMap((rule) =>
      wireRules(bound, rule, cors),
    ),
  };
  return routeManifest(bound, exposed, 'HTTPRoute', spec);
}

const isOpen = ({ methods, headers }: HttpRuleModel): boolean =>
  headers === undefined && (methods === undefined || methods.includes('OPTIONS'));

/**
 * Before a call, a browser asks with OPTIONS and without its headers: a rule for POST alone would never see the question, and no CORS filter
 * answer it. So each path that only such rules take gets a rule for OPTIONS.
 */
function preflights(rules: readonly HttpRuleModel[]): readonly HttpRuleModel[] {
  const key = ({ type, value }: PathModel): string => `${type} ${value}`;
  const asked = new Set(rules.filter(isOpen).flatMap(({ paths }) => paths.map(key)));
  return rules.flatMap(({ paths, backends, redirect }) => {
    const missing = paths.filter((path) => !asked.has(key(path)));
    for (const path of missing) asked.add(key(path));
    if (missing.length === 0) return [];
    return [{ paths: missing, methods: ['OPTIONS'], backends, ...(redirect && { redirect }) }];
  });
}

/** What the server takes of a rule with a rewrite is one match each. */
function wireRules(
  bound: Bound,
  rule: HttpRuleModel,
  cors: CorsModel | undefined,
): readonly Rule[] {
  const all = matches(rule);
  const groups = rule.rewrite === undefined ? [all] : all.map((match) => [match]);
  const list = filters(bound, rule, cors);
  return groups.map((group) => ({
    matches: group,
    ...(list.length > 0 && { filters: list }),
    ...(rule.backends.length > 0 && { backendRefs: backendRefs(bound, rule.backends) }),
    ...(rule.timeouts && { timeouts: rule.timeouts }),
  }));
}

function matches({ paths, methods, headers }: HttpRuleModel): readonly Match[] {
  const asked = headerMatches(headers);
  return paths.flatMap(({ type, value }) => {
    const match = { path: { type, value }, ...(asked.length > 0 && { headers: asked }) };
    return methods ? methods.map((method) => ({ ...match, method: method as 'GET' })) : [match];
  });
}

function filters(
  bound: Bound,
  { requestHeaders, rewrite, redirect }: HttpRuleModel,
  cors: CorsModel | undefined,
): readonly Filter[] {
  const list: Filter[] = [];
  if (cors) list.push({ type: 'CORS', cors: corsFilter(cors) });
  if (requestHeaders) {
    const { set, add, remove = [] } = requestHeaders;
    const [toSet, toAdd] = [headersOf(set), headersOf(add)];
    list.push({
      type: 'RequestHeaderModifier',
      requestHeaderModifier: {
        ...(toSet.length > 0 && { set: toSet }),
        ...(toAdd.length > 0 && { add: toAdd }),
        ...(remove.length > 0 && { remove }),
      },
    });
  }
  if (rewrite !== undefined) {
    const path = { type: 'ReplacePrefixMatch' as const, replacePrefixMatch: rewrite };
    list.push({ type: 'URLRewrite', urlRewrite: { path } });
  }
  if (redirect) {
    const { scheme, host, path, statusCode } = redirect;
    const { domain } = bound.environment.props;
    list.push({
      type: 'RequestRedirect',
      requestRedirect: {
        ...(scheme && { scheme }),
        ...(host !== undefined && domain !== undefined && { hostname: below(domain, host) }),
        ...(path !== undefined && {
          path: { type: 'ReplaceFullPath' as const, replaceFullPath: path },
        }),
        statusCode,
      },
    });
  }
  return list;
}

const corsFilter = (cors: CorsModel) => ({
  allowOrigins: cors.origins,
  ...(cors.methods && { allowMethods: cors.methods }),
  ...(cors.headers && { allowHeaders: cors.headers }),
  ...(cors.exposeHeaders && { exposeHeaders: cors.exposeHeaders }),
  ...(cors.credentials && { allowCredentials: true }),
  maxAge: cors.maxAgeSeconds,
});
