import {
  AlertRouting,
  Application,
  Environment,
  Platform,
  Receiver,
  secret,
  Signals,
  WebService,
} from '../../../lib';
import { synthesize } from '../../../lib/testing';
import { bare, good, untyped, type Case, type Cases } from './making';

const url = secret('slack', 'url');
const ticket = Receiver.slack({ channel: '#a', url });
const page = Receiver.pagerDuty({ routingKey: secret('pagerduty', 'a') });
const team = { page, ticket };
const sound = { teams: { 'team-a': team }, default: { page, ticket }, pageStages: ['prod'] };

/** A service with an objective of team-a, where somebody is on call. */
const told = (onCall: unknown, more: object = {}, make?: (app: Platform) => unknown): Case => {
  return () => {
    const environment = new Environment('prod', {
      ...bare,
      capabilities: ['observability', 'reloader'],
    });
    const platform = (): Platform =>
      new Platform({
        environments: [environment],
        defaults: { signals: Signals.openTelemetry() },
        onCall: untyped(onCall),
        ...more,
      });
    return synthesize((app) => {
      const shop = new Application(app, 'shop', { owner: 'team-a' });
      new WebService(shop, 'orders', { ...good, metrics: {}, slo: { availability: 99.9 } });
      make?.(app);
    }, platform).problems;
  };
};
const ofTeam = (props: object): Case => told({ ...sound, teams: { 'team-a': props } });
const RECEIVER = 'Give Receiver.pagerDuty(…), opsgenie, slack, msTeams, email or webhook.';
const routing = (props: unknown, onCall: unknown): Case =>
  told(onCall, {}, (app) => new AlertRouting(app, untyped(props)));

/** Who is on call, the way of alerts to them, and the catalog. */
export const casesOfOnCall: Cases = {
  RouteMissing: [
    [
      told({ ...sound, teams: { 'team-of-others': team } }),
      "RouteMissing at shop: its alerts have no way to its owner 'team-a': onCall.teams knows team-of-others. Add 'team-a' to onCall.teams of the platform, or give another owner.",
    ],
    [
      told({ ...sound, teams: { 'team-b': team } }),
      "RouteMissing at shop: its alerts have no way to its owner 'team-a': onCall.teams knows team-b. Write 'team-b', or add 'team-a' to onCall.teams of the platform.",
    ],
    [
      told({ ...sound, teams: {} }),
      "RouteMissing at shop: its alerts have no way to its owner 'team-a': onCall.teams knows nobody. Add 'team-a' to onCall.teams of the platform, or give another owner.",
    ],
    [
      ofTeam({ ticket }),
      "RouteMissing at shop: SLOErrorBudgetBurnPage would page its owner 'team-a' in prod, and onCall.teams.team-a has no page. Give onCall.teams.team-a a page, or give another owner.",
    ],
  ],
  RouteBlind: [
    [
      told({ ...sound, perApplication: { matcherStrategy: 'OnNamespace' } }),
      "RouteBlind at platform: onCall.perApplication.matcherStrategy is 'OnNamespace'. Give 'None', and the Alertmanager alertmanagerConfigMatcherStrategy: { type: None }, or leave out perApplication: SLODependentsBurnPage, BackingServiceDown and others carry no label namespace, so one that matches by it would never send them.",
    ],
  ],
  EnvironmentUnknown: [
    [
      told({ ...sound, pageStages: ['prud'] }),
      "EnvironmentUnknown at platform: onCall.pageStages names 'prud'. Write 'prod'.",
    ],
    [
      told({ ...sound, pageStages: ['live'] }),
      "EnvironmentUnknown at platform: onCall.pageStages names 'live'. Use one of prod.",
    ],
  ],
  SecretInText: [
    [
      ofTeam({ ...team, page: Receiver.pagerDuty({ routingKey: untyped('0123456789abcdef') }) }),
      "SecretInText at platform: onCall.teams.team-a.page.routingKey is text, and a manifest is no place for a credential. Give secret('name', 'key').",
    ],
    [
      ofTeam({
        ...team,
        ticket: Receiver.webhook({ url: 'https://tickets.example.com/?token=1' }),
      }),
      "SecretInText at platform: onCall.teams.team-a.ticket.url is no address, or one with a user or a query, which may be a credential. Give an address without credentials, or secret('name', 'key').",
    ],
  ],
  SecretStoreMissing: [
    [
      told({ ...sound, perApplication: { matcherStrategy: 'None' } }),
      'SecretStoreMissing at shop in prod: alerts of team-a are sent with a credential of the Secret pagerduty, and the environment has no secret store. Give the environment a secretStore.',
    ],
  ],
  PropInvalid: [
    [
      ofTeam({ ...team, ticket: 'slack' }),
      `PropInvalid at platform: onCall.teams.team-a.ticket is 'slack'. ${RECEIVER}`,
    ],
    [
      ofTeam({ ...team, page: [] }),
      `PropInvalid at platform: onCall.teams.team-a.page is []. ${RECEIVER}`,
    ],
    [
      ofTeam({ ...team, ticket: { kind: 'toString' } }),
      `PropInvalid at platform: onCall.teams.team-a.ticket is { kind: 'toString' }. ${RECEIVER}`,
    ],
    [
      ofTeam({ ...team, ticket: Receiver.msTeams({ url: secret('Bad Name') }) }),
      "PropInvalid at platform: onCall.teams.team-a.ticket.url is the secret Bad Name. Give secret('name', 'key').",
    ],
    [
      ofTeam({ ...team, ticket: Receiver.slack({ channel: '{{ .x }}', url }) }),
      "PropInvalid at platform: onCall.teams.team-a.ticket.channel is '{{ .x }}'. Give a channel such as '#checkout'.",
    ],
    [
      ofTeam({ ...team, ticket: Receiver.email({ to: 'somebody' }) }),
      "PropInvalid at platform: onCall.teams.team-a.ticket.to is 'somebody'. Give an address such as 'checkout@example.com'.",
    ],
    [
      ofTeam({ ...team, escalation: [{ afterMinutes: 0, to: 'the lead' }] }),
      'PropInvalid at platform: onCall.teams.team-a.escalation[0].afterMinutes is 0. Give whole minutes from 1 to 1440.',
    ],
    [
      told({ ...sound, pageStages: [] }),
      "PropInvalid at platform: onCall.pageStages is []. Give the stages in which a page is a page, such as ['prod'].",
    ],
    [
      routing({ namespace: 'Monitoring' }, sound),
      "PropInvalid at alert-routing: namespace is 'Monitoring'. Give the namespace of the Alertmanager.",
    ],
    [
      told(undefined, { catalog: { owner: 'group' } }),
      "PropInvalid at platform: catalog.owner is 'group'. Give a reference such as 'group:{owner}'.",
    ],
  ],
  PropMissing: [
    [
      ofTeam({ page }),
      `PropMissing at platform: onCall.teams.team-a.ticket is missing. ${RECEIVER}`,
    ],
    [
      told({ teams: {}, pageStages: ['prod'] }),
      'PropMissing at platform: onCall.default is missing. Give { page, ticket }.',
    ],
  ],
  PropUnknown: [
    [
      ofTeam({ ...team, tickets: ticket }),
      'PropUnknown at platform: there is no prop onCall.teams.team-a.tickets. Write ticket.',
    ],
  ],
  LabelInvalid: [
    [
      told({ ...sound, teams: { 'team a': team } }),
      "LabelInvalid at platform: onCall.teams names 'team a'. Give the owner as applications have it.",
    ],
    [
      told({ ...sound, perApplication: { matcherStrategy: 'None', labels: { 'a b': 'c' } } }),
      "LabelInvalid at platform: onCall.perApplication.labels is { 'a b': 'c' }. Give labels such as { alertmanager: 'main' }.",
    ],
    [
      routing({ namespace: 'monitoring', labels: { 'a b': 'c' } }, sound),
      "LabelInvalid at alert-routing: labels has the key 'a b'. Give labels such as { alertmanager: 'main' }.",
    ],
  ],
  PlatformInvalid: [
    [
      routing({ namespace: 'monitoring' }, undefined),
      'PlatformInvalid at alert-routing: the platform does not say who is on call. Give the platform onCall: { teams, default, pageStages }.',
    ],
    [
      routing(
        { namespace: 'monitoring' },
        { ...sound, perApplication: { matcherStrategy: 'None' } },
      ),
      'PlatformInvalid at alert-routing: onCall.perApplication writes routes too, and each alert would be sent twice. Leave out one of them.',
    ],
  ],
};
