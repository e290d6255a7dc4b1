import type { AlertSeverity, OnCallModel, SecretReference } from '../../foundation';
import type { EscalationStep } from './escalation';
import { credentialsOf, type Receiver } from './receiver';

/** One place, or several that are all told. */
export type Receivers = Receiver | readonly Receiver[];

/** How a team is reached. */
export interface Team {
  /** Who rings when a budget burns. @default nobody - then it is a problem where an application of the team has pages in an environment that pages */
  readonly page?: Receivers;
  /** Who is told of what can wait for the working day. */
  readonly ticket: Receivers;
  /** Where the team talks, as people find it: `#checkout`. It goes into pages, the model and the catalog. @default none */
  readonly channel?: string;
  /**
   * Who is told when nobody answers a page. Alertmanager knows no answers, so PagerDuty or Opsgenie escalates by a policy of its own; this says
   * it to the people, in pages, the model and the catalog.
   * @default none
   */
  readonly escalation?: readonly EscalationStep[];
}

/** Where alerts go that belong to no declared team. */
export type Fallback = Required<Pick<Team, 'page' | 'ticket'>>;

/** A configuration for each application, in its own namespace. */
export interface PerApplication {
  /**
   * `alertmanagerConfigMatcherStrategy.type` of the Alertmanager. Its own default, `OnNamespace`, takes in only alerts whose label `namespace` is
   * that of the configuration: those of causes and of backing services carry none, and would reach nobody. So it must be `None`, and each
   * configuration names its application and environment itself.
   * @see https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.AlertmanagerConfigMatcherStrategy
   */
  readonly matcherStrategy: 'None';
  /** Labels by which the Alertmanager selects it. @default none - for an Alertmanager that selects all */
  readonly labels?: Readonly<Record<string, string>>;
}

/** Who is told of what. */
export interface OnCall {
  /** The teams by the `owner` of their applications. */
  readonly teams: Readonly<Record<string, Team>>;
  /** Where alerts go that no team here owns: those of other repositories, and of the cluster. */
  readonly default: Fallback;
  /** The stages, or environments, in which a page is a page. Elsewhere it is a ticket: nobody gets up for dev. */
  readonly pageStages: readonly string[];
  /** Writes a configuration for each application, beside it. @default one for each Alertmanager, which `new AlertRouting(…)` writes in the platform's repository */
  readonly perApplication?: PerApplication;
}

/** One place or several as a list. */
export const listOf = (receivers: Receivers | undefined): readonly Receiver[] => {
  if (receivers === undefined) return [];
  return Array.isArray(receivers) ? (receivers as readonly Receiver[]) : [receivers as Receiver];
};

/** The team that owns an application; undefined when nobody declared it. */
export const tryTeam = ({ teams }: OnCall, owner: string): Team | undefined =>
  Object.hasOwn(teams, owner) ? teams[owner] : undefined;

/** Whether a page is a page in an environment. @param lookup - its names, the most specific first */
export const pagesIn = ({ pageStages }: OnCall, lookup: readonly string[]): boolean =>
  lookup.some((name) => pageStages.includes(name));

/** The credentials that some receivers need, each once, in order. */
export function credentialsOfAll(receivers: readonly Receiver[]): readonly SecretReference[] {
  const found = new Map(
    receivers
      .flatMap(credentialsOf)
      .map((reference) => [`${reference.secret} ${reference.key}`, reference]),
  );
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, reference]) => reference);
}

/**
 * What the model says of a team. No address and no name of a Secret is in it.
 * @param pagesIn - the environments in which a page is a page
 */
export function onCallModel(team: Team, pagesIn: readonly string[]): OnCallModel {
  const kinds = (severity: AlertSeverity): readonly string[] => [
    ...new Set(listOf(team[severity]).map(({ kind }) => kind)),
  ];
  return {
    page: kinds('page'),
    ticket: kinds('ticket'),
    ...(team.channel !== undefined && { channel: team.channel }),
    ...(team.escalation && { escalation: team.escalation }),
    pagesIn,
  };
}
