import { Receiver, secret, type OnCall, type PerApplication } from '../../lib';

const login = { username: 'alerts', password: secret('mail', 'password') };
const from = 'alerts@example.com';
/** Everywhere where alerts can go. */
export const everybody = [
  Receiver.pagerDuty({
    routingKey: secret('pagerduty', 'key'),
    url: 'https://events.eu.pagerduty.com/v2/enqueue',
  }),
  Receiver.opsgenie({ apiKey: secret('opsgenie'), url: 'https://api.eu.opsgenie.com/' }),
  Receiver.slack({ channel: '#everything', url: secret('slack', 'url') }),
  Receiver.msTeams({ url: secret('teams', 'url') }),
  Receiver.email({ to: 'on-call@example.com', from, smarthost: 'smtp.example.com:587', login }),
  Receiver.webhook({ url: 'https://tickets.example.com/', token: secret('tickets', 'token') }),
  Receiver.webhook({ url: secret('tickets', 'url') }),
];
/** A team that is told everywhere. */
export const everyTeam = {
  page: everybody,
  ticket: everybody,
  channel: '#everything',
  escalation: [{ afterMinutes: 15, to: 'the lead' }],
};

export const everyOnCall: OnCall = {
  teams: { 'team-all': everyTeam, 'team-warehouse': everyTeam },
  default: { page: everybody, ticket: everybody },
  pageStages: ['staging', 'prod'],
};

export const perApplication: PerApplication = {
  matcherStrategy: 'None',
  labels: { alertmanager: 'main' },
};
