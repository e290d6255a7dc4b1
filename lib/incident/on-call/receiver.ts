import { isBag, isSecretReference, secret, type SecretReference } from '../../foundation';

/** An integration of PagerDuty's Events API v2. */
export interface PagerDutyOptions {
  /** The integration key of the service. */
  readonly routingKey: SecretReference;
  /** @default the address of PagerDuty - another one is a region's, or a test's */
  readonly url?: string;
}

/** An integration of Opsgenie, of one of its teams. */
export interface OpsgenieOptions {
  readonly apiKey: SecretReference;
  /** @default the address of Opsgenie - `https://api.eu.opsgenie.com/` in the EU */
  readonly url?: string;
}

/** A channel of Slack. */
export interface SlackOptions {
  /** As in `#checkout-alerts`. */
  readonly channel: string;
  /** The address of the incoming webhook: who knows it can write. */
  readonly url: SecretReference;
}

/** A channel of Microsoft Teams, by a workflow. Needs Alertmanager 0.28 or later. */
export interface MsTeamsOptions {
  /** The address of the workflow: who knows it can write. */
  readonly url: SecretReference;
}

/** A mailbox. */
export interface EmailOptions {
  readonly to: string;
  /** @default Alertmanager's own */
  readonly from?: string;
  /** The server as `smtp.example.com:587`. @default Alertmanager's own */
  readonly smarthost?: string;
  /** Who sends. @default nobody - the server asks for no password, or Alertmanager's own is used */
  readonly login?: { readonly username: string; readonly password: SecretReference };
}

/** Anything that takes Alertmanager's JSON by POST. */
export interface WebhookOptions {
  /** An address without credentials, or a reference to one. */
  readonly url: string | SecretReference;
  /** Sent as `Authorization: Bearer …`. @default none */
  readonly token?: SecretReference;
}

/** Where a message goes. */
export type Receiver =
  | ({ readonly kind: 'pagerduty' } & PagerDutyOptions)
  | ({ readonly kind: 'opsgenie' } & OpsgenieOptions)
  | ({ readonly kind: 'slack' } & SlackOptions)
  | ({ readonly kind: 'msteams' } & MsTeamsOptions)
  | ({ readonly kind: 'email' } & EmailOptions)
  | ({ readonly kind: 'webhook' } & WebhookOptions);

/** What kind of place a message goes to. */
export type ReceiverKind = Receiver['kind'];

/** The places that messages go to. Credentials are references to a key of a Secret, never values. */
export const Receiver = Object.freeze({
  /** It rings, and escalates by its own policy. */
  pagerDuty: (options: PagerDutyOptions): Receiver => ({ kind: 'pagerduty', ...options }),
  /** It rings, and escalates by its own policy. */
  opsgenie: (options: OpsgenieOptions): Receiver => ({ kind: 'opsgenie', ...options }),
  slack: (options: SlackOptions): Receiver => ({ kind: 'slack', ...options }),
  msTeams: (options: MsTeamsOptions): Receiver => ({ kind: 'msteams', ...options }),
  email: (options: EmailOptions): Receiver => ({ kind: 'email', ...options }),
  webhook: (options: WebhookOptions): Receiver => ({ kind: 'webhook', ...options }),
});

/** The credentials that a receiver needs. */
export function credentialsOf(receiver: Receiver): readonly SecretReference[] {
  switch (receiver.kind) {
    case 'pagerduty':
      return [receiver.routingKey];
    case 'opsgenie':
      return [receiver.apiKey];
    case 'email':
      return receiver.login ? [receiver.login.password] : [];
    case 'webhook':
      return [receiver.url, receiver.token].filter(
        (each): each is SecretReference => each !== undefined && typeof each !== 'string',
      );
    case 'slack':
    case 'msteams':
      return [receiver.url];
  }
}

/** The same receiver with other names of Secrets. */
export const withSecretNames = (receiver: Receiver, rename: (name: string) => string): Receiver =>
  renamed(receiver, rename) as Receiver;

function renamed(value: unknown, rename: (name: string) => string): unknown {
  if (isSecretReference(value)) return secret(rename(value.secret), value.key);
  if (!isBag(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([field, each]) => [field, renamed(each, rename)]),
  );
}
