import {
  custom,
  describe,
  either,
  fields,
  integer,
  isBag,
  isLabelKey,
  isLabelValue,
  isLiteral,
  isObjectName,
  isSecretReference,
  optional,
  some,
  table,
  text,
  type Shape,
} from '../../foundation';

/** The name of a key of a Secret. @see https://kubernetes.io/docs/concepts/configuration/secret/#restriction-names-data */
const KEY = /^[-._a-zA-Z0-9]{1,253}$/;
const LONGEST_NAME = 200;
const SECRET = "secret('name', 'key')";

/** A reference to a key of a Secret. What stands there as text is never shown: it may be the credential itself. */
const credential: Shape = {
  give: SECRET,
  check: (value, path, log) => {
    if (typeof value === 'string') {
      const found = `${path} is text, and a manifest is no place for a credential`;
      log.error('SecretInText', found, `Give ${SECRET}`);
      return;
    }
    const isSound =
      isSecretReference(value) &&
      isObjectName(value.secret) &&
      // The application may come before it.
      value.secret.length <= LONGEST_NAME &&
      KEY.test(value.key);
    if (!isSound) log.error('PropInvalid', `${path} is ${describe(value)}`, `Give ${SECRET}`);
  },
};

const ADDRESS = /^https?:\/\/[!-~]+$/;
const address = text("an address such as 'https://on-call.example.com/'", (value) =>
  ADDRESS.test(value),
);
/** In what follows the host, credentials hide as often as before it: those of Slack's webhooks are its path. */
const plainAddress: Shape = {
  give: `an address without credentials, or ${SECRET}`,
  check: (value, path, log) => {
    if (isLiteral(value) && ADDRESS.test(value) && !/[@?]/.test(value)) return;
    if (typeof value === 'string') {
      const found = `${path} is no address, or one with a user or a query, which may be a credential`;
      log.error('SecretInText', found, `Give ${plainAddress.give}`);
    } else credential.check(value, path, log);
  },
};

/** Messages are templates: what people write must not be read as one. */
const phrase = (give: string): Shape =>
  text(give, (value) => value.length <= 200 && !/[\r\n]|\{\{/.test(value));
const mailbox = text("an address such as 'checkout@example.com'", (value) =>
  /^[^\s@{}]+@[^\s@{}]+$/.test(value),
);
const kind = custom(() => true, 'a kind');

const shapes: Readonly<Record<string, Shape>> = {
  pagerduty: fields({ kind, routingKey: credential, url: optional(address) }, '{ routingKey }'),
  opsgenie: fields({ kind, apiKey: credential, url: optional(address) }, '{ apiKey }'),
  slack: fields(
    {
      kind,
      channel: text("a channel such as '#checkout'", (value) => /^[^\s{}]+$/.test(value)),
      url: credential,
    },
    '{ channel, url }',
  ),
  msteams: fields({ kind, url: credential }, '{ url }'),
  email: fields(
    {
      kind,
      to: mailbox,
      from: optional(mailbox),
      smarthost: optional(
        text("host and port such as 'smtp.example.com:587'", (value) =>
          /^[^\s:{}]+:\d{1,5}$/.test(value),
        ),
      ),
      login: optional(
        fields({ username: phrase('a name'), password: credential }, '{ username, password }'),
      ),
    },
    '{ to }',
  ),
  webhook: fields({ kind, url: plainAddress, token: optional(credential) }, '{ url }'),
};

const RECEIVER = 'Receiver.pagerDuty(…), opsgenie, slack, msTeams, email or webhook';
const receiver = either((value) => {
  const known = isBag(value) && typeof value.kind === 'string' ? value.kind : '';
  return Object.hasOwn(shapes, known) ? (shapes[known] as Shape) : custom(() => false, RECEIVER);
}, RECEIVER);
const receivers = either(
  (value) => (Array.isArray(value) ? some(receiver, RECEIVER) : receiver),
  RECEIVER,
);

const step = fields(
  {
    afterMinutes: integer(1, 1440, 'whole minutes from 1 to 1440'),
    to: phrase("a role such as 'the lead of payments'"),
  },
  '{ afterMinutes, to }',
);
const team = fields(
  {
    page: optional(receivers),
    ticket: receivers,
    channel: optional(phrase("where the team talks, such as '#checkout'")),
    escalation: optional(some(step, "steps such as { afterMinutes: 15, to: 'the lead' }")),
  },
  '{ page, ticket }',
);
const TEAMS = "teams by the owner of their applications, such as { 'team-a': { page, ticket } }";
const teams: Shape = {
  give: TEAMS,
  check: (value, path, log) => {
    table(team, TEAMS).check(value, path, log);
    if (!isBag(value)) return;
    for (const name of Object.keys(value)) {
      if (name !== '' && isLabelValue(name)) continue;
      log.error(
        'LabelInvalid',
        `${path} names ${describe(name)}`,
        'Give the owner as applications have it',
      );
    }
  },
};

const labels: Shape = {
  give: "labels such as { alertmanager: 'main' }",
  check: (value, path, log) => {
    const isSound =
      isBag(value) &&
      Object.entries(value).every(([name, each]) => isLabelKey(name) && isLabelValue(each));
    if (!isSound) log.error('LabelInvalid', `${path} is ${describe(value)}`, `Give ${labels.give}`);
  },
};

const NONE =
  "'None', and the Alertmanager alertmanagerConfigMatcherStrategy: { type: None }, or leave out perApplication: SLODependentsBurnPage, BackingServiceDown and others carry no label namespace, so one that matches by it would never send them";

/** The shape of who is told of what. */
export const onCallShape: Shape = fields(
  {
    teams,
    default: fields({ page: receivers, ticket: receivers }, '{ page, ticket }'),
    pageStages: some(
      text("the name of a stage or an environment, such as 'prod'"),
      "the stages in which a page is a page, such as ['prod']",
    ),
    perApplication: optional(
      fields(
        {
          matcherStrategy: custom((value) => value === 'None', NONE, 'RouteBlind'),
          labels: optional(labels),
        },
        "{ matcherStrategy: 'None' }",
      ),
    ),
  },
  "{ teams, default: { page, ticket }, pageStages: ['prod'] }",
);
