import { custom, fields, optional, type Shape } from '../foundation';

/** Where people find what helps, as addresses with `{application}`, `{service}` and `{alert}` in them. */
export interface Links {
  /** As in `https://runbooks.example.com/{application}/{service}#{alert}`. @default alerts have no `runbook_url` */
  readonly runbook?: string;
  /** As in `https://grafana.example.com/d/{application}-{service}`. @default alerts have no `dashboard_url` */
  readonly dashboard?: string;
}

const PLACES = ['application', 'service', 'alert'] as const;
/** What the places in a link stand for. */
export type LinkFacts = Readonly<Record<(typeof PLACES)[number], string>>;

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

const filled = (template: string, facts: LinkFacts): string =>
  template.replace(/\{(\w+)\}/g, (_, name: keyof LinkFacts) => facts[name]);

/** The links of an alert as annotations. */
export const linkAnnotations = (
  { runbook, dashboard }: Links,
  facts: LinkFacts,
): Readonly<Record<string, string>> => ({
  ...(runbook !== undefined && { runbook_url: filled(runbook, facts) }),
  ...(dashboard !== undefined && { dashboard_url: filled(dashboard, facts) }),
});
