import { custom, fields, optional, type Shape } from '../foundation';
import { dashboardUid } from './dashboard/uid';

/**
 * Where people find what helps, as addresses with `{application}`, `{service}`, `{alert}`, `{environment}` and `{dashboard}` in them. The last is
 * the identity of the service's dashboard: `<application>_<service>`, with a hash at its end where that is longer than 40 characters.
 */
export interface Links {
  /** As in `https://runbooks.example.com/{application}/{service}#{alert}`. @default alerts have no `runbook_url` */
  readonly runbook?: string;
  /** As in `https://grafana.example.com/d/{dashboard}?var-environment={environment}`. @default alerts have no `dashboard_url` */
  readonly dashboard?: string;
}

const GIVEN = ['application', 'service', 'alert'] as const;
const PLACES = [...GIVEN, 'environment', 'dashboard'] as const;
/** What the places in a link stand for. */
export type LinkFacts = Readonly<Record<(typeof GIVEN)[number], string>>;

const isLink = (value: unknown): boolean =>
  typeof value === 'string' &&
  /^https?:\/\/[!-~]+$/.test(value) &&
  [...value.matchAll(/\{([^{}]*)\}|[{}]/g)].every(([, name]) =>
    PLACES.some((each) => each === name),
  );

const link = custom(
  isLink,
  "an address such as 'https://runbooks.example.com/{application}/{service}#{alert}'",
);

export const linksShape: Shape = fields(
  { runbook: optional(link), dashboard: optional(link) },
  '{ runbook, dashboard }',
);

function filled(template: string, facts: LinkFacts): string {
  const places: Readonly<Record<(typeof PLACES)[number], string>> = {
    ...facts,
    // Known when it fires.
    environment: '{{ $labels.environment }}',
    dashboard: dashboardUid(facts.application, facts.service),
  };
  return template.replace(/\{(\w+)\}/g, (_, name: keyof typeof places) => places[name]);
}

/** The links of an alert as annotations. */
export const linkAnnotations = (
  { runbook, dashboard }: Links,
  facts: LinkFacts,
): Readonly<Record<string, string>> => ({
  ...(runbook !== undefined && { runbook_url: filled(runbook, facts) }),
  ...(dashboard !== undefined && { dashboard_url: filled(dashboard, facts) }),
});
