import { ROLE_ALERTS } from '../../observability';

/**
 * A field of the alert that leads a notification, in Alertmanager's templates. A page holds the cause and those that suffer from it in any
 * order; people should read of the cause, and be led to its runbook.
 */
export const lead = (field: string): string =>
  `{{ $lead := "" }}{{ range .Alerts }}{{ if or (eq $lead "") (ne .Labels.alertname "${ROLE_ALERTS.symptom}") }}` +
  `{{ $lead = ${field} }}{{ end }}{{ end }}{{ $lead }}`;

/** One line: what is wrong, and whether it is over. */
export const TITLE =
  '{{ if eq .Status "resolved" }}Over: {{ end }}' +
  lead('(or .Annotations.summary .Labels.alertname)');

/** Where to look for the alert that leads. */
export const RUNBOOK = lead('.Annotations.runbook_url');
export const DASHBOARD = lead('.Annotations.dashboard_url');

/** How a kind of receiver writes a link. */
export type LinkText = (name: string) => string;
export const plainLink: LinkText = (name) => `${name}: {{ . }}`;
export const slackLink: LinkText = (name) => `<{{ . }}|${name}>`;
export const markdownLink: LinkText = (name) => `[${name}]({{ . }})`;

/** Every alert of the notification with its links, those that are over too. An alert without links has none here. */
export const body = (link: LinkText): string =>
  [
    '{{ range .Alerts }}{{ if eq .Status "resolved" }}Over: {{ end }}{{ or .Annotations.summary .Labels.alertname }}',
    `{{ with .Annotations.description }}{{ . }}`,
    `{{ end }}{{ with .Annotations.runbook_url }}${link('Runbook')}`,
    `{{ end }}{{ with .Annotations.dashboard_url }}${link('Dashboard')}`,
    '{{ end }}',
    '{{ end }}',
  ].join('\n');
