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
export interface LinkFacts extends Readonly<Record<(typeof GIVEN)[number], string>> {
  /** Whether the service has a dashboard of its own, as workloads have; of others the application's shows most. @default true */
  readonly hasDashboard?: boolean;
}

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

/** Where a link of the platform leads, of a service or its whole application; undefined without one, or where it asks for more than is given. */
export function tryAddress(
  template: string | undefined,
  given: {
    readonly application: string;
    readonly service?: string;
    readonly environment?: string;
  },
): string | undefined {
  const places: Readonly<Record<string, string | undefined>> = {
    ...given,
    dashboard: dashboardUid(given.application, given.service),
  };
  const address = template?.replace(/\{(\w+)\}/g, (place, name: string) => places[name] ?? place);
  return address?.includes('{') === true ? undefined : address;
}

function filled(
  template: string,
  { application, service, alert, hasDashboard = true }: LinkFacts,
): string {
  const places: Readonly<Record<(typeof PLACES)[number], string>> = {
    application,
    service,
    alert,
    // Known when it fires.
    environment: '{{ $labels.environment }}',
    dashboard: hasDashboard ? dashboardUid(application, service) : dashboardUid(application),
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
