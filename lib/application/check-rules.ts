import type {
  ExposureModel,
  GrpcRuleModel,
  HttpRuleModel,
  PathModel,
  ProblemLog,
} from '../foundation';
import { grpcMatch, httpMatches } from '../network';

/** Reports rules of one exposure that can never apply, or lead in a circle. */
export function checkRules(exposure: ExposureModel, log: ProblemLog): void {
  checkMatches(exposure, log);
  if (exposure.protocol === 'grpc') return;
  for (const [index, rule] of exposure.rules.entries()) {
    const at = `expose.routes[${index}]`;
    if (rule.rewrite !== undefined && rule.paths.some(({ type }) => type === 'Exact')) {
      const found = `${at} has rewrite beside an exact path, and what it replaces is the prefix`;
      log.error('ExposureInvalid', found, 'Give path prefixes, or leave out rewrite');
    }
    if (isCircle(rule, exposure)) {
      const found = `${at} redirects to ${rule.redirect?.path ?? ''}, which it takes itself`;
      log.error('ExposureInvalid', found, 'Give a path that another rule takes');
    }
  }
}

/** Two rules that match the same: the second never applies. */
function checkMatches(exposure: ExposureModel, log: ProblemLog): void {
  const known = new Map<string, number>();
  const matches: readonly (readonly string[])[] =
    exposure.protocol === 'grpc'
      ? exposure.rules.map((rule: GrpcRuleModel) => [grpcMatch(rule)])
      : exposure.rules.map(httpMatches);
  for (const [index, list] of matches.entries()) {
    for (const match of list) {
      const first = known.get(match);
      known.set(match, first ?? index);
      if (first === undefined) continue;
      const places = [...new Set([first, index])].map((place) => `routes[${place}]`);
      const found = `expose matches ${match} twice, in ${places.join(' and ')}`;
      log.error('ExposureInvalid', found, 'Remove one, or make one more specific');
    }
  }
}

/** How well a path fits: longer is better, and exact is best; 0 when it does not fit. */
function fit({ type, value }: PathModel, path: string): number {
  if (type === 'Exact') return value === path ? Number.MAX_SAFE_INTEGER : 0;
  const whole = value.replace(/\/$/, '');
  return path === whole || path.startsWith(`${whole}/`) ? value.length : 0;
}

/** Whether what a rule redirects comes back to it. Rules with methods or headers may not see it again. */
function isCircle(
  rule: HttpRuleModel,
  { host, rules }: { host: string; rules: readonly HttpRuleModel[] },
): boolean {
  const { redirect, methods, headers } = rule;
  if (redirect?.path === undefined || methods || headers) return false;
  if (redirect.host !== undefined && redirect.host !== host) return false;
  const { path } = redirect;
  const best = ({ paths }: HttpRuleModel): number => Math.max(...paths.map((it) => fit(it, path)));
  return best(rule) > 0 && rules.every((other) => best(other) <= best(rule));
}
