import { compareText, isBag, isList, isText, type Manifest } from '../../foundation';
import { isAlert, type Rule, type RuleGroup } from '../../observability';
import { said } from './markdown';

/** An alert of one service, as its rendered rules have it. */
export interface RunbookAlert {
  readonly name: string;
  /** `page` or `ticket`; both where the rules of a team say different things. */
  readonly severities: readonly string[];
  /** Its summary without what is known only when it fires. */
  readonly summary: string;
}

/** What rendered rules hold for runbooks. */
export interface RenderedAlerts {
  /** The alerts of each service, those that page first. */
  readonly byService: ReadonlyMap<string, readonly RunbookAlert[]>;
  /** The metrics that are recorded. */
  readonly recorded: ReadonlySet<string>;
}

/** Looks into all rules that were rendered, whoever made them. */
export function renderedAlerts(manifests: readonly Manifest[]): RenderedAlerts {
  const rules = manifests.filter(({ kind }) => kind === 'PrometheusRule').flatMap(rulesOf);
  const byService = new Map<string, Map<string, RunbookAlert>>();
  for (const rule of rules.filter(isAlert)) {
    const labels: unknown = rule.labels;
    const { service, severity } = isBag(labels) ? labels : {};
    if (!isText(service) || !isText(rule.alert)) continue;
    const alerts = byService.get(service) ?? new Map<string, RunbookAlert>();
    const known = alerts.get(rule.alert);
    const severities = [
      ...new Set([...(known?.severities ?? []), severity === 'page' ? 'page' : 'ticket']),
    ].sort();
    const summary = known?.summary ?? plain(rule.annotations);
    alerts.set(rule.alert, { name: rule.alert, severities, summary });
    byService.set(service, alerts);
  }
  const sorted = [...byService].map(([service, alerts]) => {
    const all = [...alerts.values()].sort(
      (a, b) => rank(a) - rank(b) || compareText(a.name, b.name),
    );
    return [service, all] as const;
  });
  return {
    byService: new Map(sorted),
    recorded: new Set(rules.flatMap(({ record }) => record ?? [])),
  };
}

const rank = ({ severities }: RunbookAlert): number => (severities.includes('page') ? 0 : 1);

/** Rules may come from a team's own manifest, so nothing is taken for granted. */
function rulesOf({ spec }: Manifest): readonly Rule[] {
  const groups: unknown = isBag(spec) ? spec.groups : undefined;
  return (isList(groups) ? groups : []).flatMap((group) => {
    const rules: unknown = isBag(group) ? group.rules : undefined;
    return isList(rules) ? (rules.filter(isBag) as unknown as RuleGroup['rules']) : [];
  });
}

/** A template in words: what is filled in when it fires is left open. */
function plain(annotations: unknown): string {
  const summary = isBag(annotations) ? annotations.summary : undefined;
  if (!isText(summary)) return '';
  return said(summary)
    .replace(/\{\{\s*\$labels\.environment\s*\}\}/g, 'an environment')
    .replace(/\{\{[^}]*\}\}/g, '…');
}
