import type { AlertmanagerConfigSpecReceivers } from '../../../imports/monitoring.coreos.com';
import type { AlertSeverity, Plain, SecretReference } from '../../foundation';
import { escalationText } from './escalation';
import {
  body,
  DASHBOARD,
  lead,
  markdownLink,
  plainLink,
  RUNBOOK,
  slackLink,
  TITLE,
} from './message';
import { listOf, type Receivers, type Team } from './on-call';
import type {
  EmailOptions,
  MsTeamsOptions,
  OpsgenieOptions,
  PagerDutyOptions,
  Receiver,
  ReceiverKind,
  SlackOptions,
  WebhookOptions,
} from './receiver';

type Config = Plain<AlertmanagerConfigSpecReceivers>;
/** As the wire has it: the generated types write every capital but the first of a word small. */
type Wire<T> = {
  readonly [
    K in keyof T as K extends `${infer Word}Url`
      ? `${Word}URL`
      : K extends 'requireTls'
        ? 'requireTLS'
        : K
  ]: T[K];
};
/** One integration of a receiver. */
type Of<K extends keyof Config> =
  NonNullable<Config[K]> extends readonly (infer T)[] ? Wire<T> : never;

/** What is known of a message before there is one. */
export interface Addressed {
  readonly severity: AlertSeverity;
  /** Whom it is for; absent of what nobody owns. */
  readonly team?: { readonly name: string } & Pick<Team, 'channel' | 'escalation'>;
}

const keyOf = ({
  secret,
  key,
}: SecretReference): { readonly name: string; readonly key: string } => ({
  name: secret,
  key,
});

/** What PagerDuty and Opsgenie show beside the message. Each value is there, or its row is left out. */
function detailsOf({
  team,
}: Addressed): readonly { readonly key: string; readonly value: string }[] {
  return [
    { key: 'alerts', value: body(plainLink) },
    { key: 'runbook', value: RUNBOOK },
    { key: 'dashboard', value: DASHBOARD },
    ...(team ? [{ key: 'team', value: team.name }] : []),
    ...(team?.channel === undefined ? [] : [{ key: 'channel', value: team.channel }]),
    ...(team?.escalation?.length
      ? [{ key: 'escalation', value: escalationText(team.escalation) }]
      : []),
  ];
}

const pagerDuty = (options: PagerDutyOptions, addressed: Addressed): Of<'pagerdutyConfigs'> => ({
  routingKey: keyOf(options.routingKey),
  ...(options.url !== undefined && { url: options.url }),
  sendResolved: true,
  severity: addressed.severity === 'page' ? 'critical' : 'warning',
  description: TITLE,
  class: lead('.Labels.alertname'),
  component: lead('.Labels.service'),
  group: '{{ .CommonLabels.application }}',
  details: [...detailsOf(addressed)],
  pagerDutyLinkConfigs: [
    { href: RUNBOOK, alt: 'Runbook' },
    { href: DASHBOARD, alt: 'Dashboard' },
  ],
});

const opsgenie = (options: OpsgenieOptions, addressed: Addressed): Of<'opsgenieConfigs'> => ({
  apiKey: keyOf(options.apiKey),
  ...(options.url !== undefined && { apiURL: options.url }),
  sendResolved: true,
  message: TITLE,
  description: body(plainLink),
  priority: addressed.severity === 'page' ? 'P1' : 'P3',
  tags: '{{ .CommonLabels.application }},{{ .CommonLabels.environment }}',
  details: [...detailsOf(addressed).slice(1)],
});

const slack = ({ url, channel }: SlackOptions): Of<'slackConfigs'> => ({
  apiURL: keyOf(url),
  channel,
  sendResolved: true,
  title: TITLE,
  titleLink: RUNBOOK,
  text: body(slackLink),
});

const msTeams = ({ url }: MsTeamsOptions): Of<'msteamsv2Configs'> => ({
  webhookURL: keyOf(url),
  sendResolved: true,
  title: TITLE,
  text: body(markdownLink),
});

const email = ({ to, from, smarthost, login }: EmailOptions): Of<'emailConfigs'> => ({
  to,
  ...(from !== undefined && { from }),
  ...(smarthost !== undefined && { smarthost }),
  ...(login && { authUsername: login.username, authPassword: keyOf(login.password) }),
  // Else a password would go in the clear to a server that says that it has no TLS.
  requireTLS: true,
  sendResolved: true,
  headers: [{ key: 'Subject', value: TITLE }],
});

const webhook = ({ url, token }: WebhookOptions): Of<'webhookConfigs'> => ({
  ...(typeof url === 'string' ? { url } : { urlSecret: keyOf(url) }),
  ...(token && {
    httpConfig: { authorization: { type: 'Bearer', credentials: keyOf(token) } },
  }),
  sendResolved: true,
});

/** All places that one message goes to. @param name - by which routes call them */
export function receiverConfig(name: string, receivers: Receivers, addressed: Addressed): Config {
  const list = listOf(receivers);
  const of = <K extends ReceiverKind, T>(
    kind: K,
    make: (receiver: Extract<Receiver, { readonly kind: K }>) => T,
  ): T[] =>
    list
      .filter((each): each is Extract<Receiver, { readonly kind: K }> => each.kind === kind)
      .map(make);
  const configs = {
    pagerdutyConfigs: of('pagerduty', (each) => pagerDuty(each, addressed)),
    opsgenieConfigs: of('opsgenie', (each) => opsgenie(each, addressed)),
    slackConfigs: of('slack', slack),
    msteamsv2Configs: of('msteams', msTeams),
    emailConfigs: of('email', email),
    webhookConfigs: of('webhook', webhook),
  };
  const given = Object.entries(configs).filter(([, each]) => each.length > 0);
  return { name, ...(Object.fromEntries(given) as Omit<Config, 'name'>) };
}
