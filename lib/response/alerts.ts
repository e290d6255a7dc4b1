import type { ReceivedAlert, Silence } from '../alertmanager';
import type { Live } from './live';
import { keyOf, type Named } from './neighbourhood';
import { inEnvironment } from './tables';

/** An alert that fires. */
export interface AlertNow extends Named {
  readonly alertname: string;
  readonly severity: string;
  readonly slo?: string;
  /** In seconds since 1970. */
  readonly since?: number;
  /** What keeps it from being told: absent where somebody is told. */
  readonly quiet?: 'silenced' | 'inhibited' | 'muted';
  /** Of a silence: until when, in seconds since 1970, and why. */
  readonly quietUntil?: number;
  readonly comment?: string;
  readonly dashboard?: string;
  /** Alertmanager holds it, and it does not fire in Prometheus: it has just ended, or is another Prometheus'. */
  readonly isOnlyHeld?: true;
}

/** The alerts of one environment, pages first, then by their begin: those that fire in Prometheus, and those that Alertmanager holds. */
export function alertsIn(live: Live, environment: string): readonly AlertNow[] {
  const { received = [], silences = [], answers } = live;
  // One alert of several objectives, or pods, is one line.
  const firing = new Map(firingIn(live, environment).map((row) => [alertKey(row), row]));
  const held = received
    .filter(({ labels }) => labels.environment === environment)
    .map((alert) => ofAlertmanager(alert, silences))
    .map((row): readonly [string, AlertNow] => {
      const isFiring = answers.alerts === undefined || firing.has(alertKey(row));
      return [alertKey(row), isFiring ? row : { ...row, isOnlyHeld: true }];
    });
  const unique = new Map([...firing, ...held]);
  return [...unique.values()].sort((a, b) => rank(a) - rank(b) || (a.since ?? 0) - (b.since ?? 0));
}

/** What makes an alert one line. */
export const alertKey = (alert: AlertNow): string =>
  `${alert.alertname} ${keyOf(alert)} ${alert.slo ?? ''}`;

const rank = ({ severity }: AlertNow): number => (severity === 'page' ? 0 : 1);

function whose(labels: Readonly<Record<string, string>>): Omit<AlertNow, 'since' | 'quiet'> {
  const { alertname = '?', application = '', service = '', severity = 'none', slo } = labels;
  return { alertname, application, service, severity, ...(slo !== undefined && { slo }) };
}

export function ofAlertmanager(
  { labels, annotations, startsAt, status }: ReceivedAlert,
  silences: readonly Silence[],
): AlertNow {
  const silence = silences.find(({ id }) => status.silencedBy.includes(id));
  const { dashboard_url: dashboard } = annotations;
  const quiet =
    status.silencedBy.length > 0
      ? 'silenced'
      : status.inhibitedBy.length > 0
        ? 'inhibited'
        : status.mutedBy.length > 0
          ? 'muted'
          : undefined;
  return {
    ...whose(labels),
    since: Date.parse(startsAt) / 1000,
    ...(quiet && { quiet }),
    ...(silence && { quietUntil: Date.parse(silence.endsAt) / 1000, comment: silence.comment }),
    ...(dashboard !== undefined && { dashboard }),
  };
}

/** Those that fire in Prometheus, whatever Alertmanager makes of them. */
export function firingIn({ answers }: Live, environment: string): readonly AlertNow[] {
  const begun = inEnvironment(answers.since, environment);
  return inEnvironment(answers.alerts, environment).map(({ labels }) => {
    const same = begun.find((each) =>
      Object.entries(labels).every(
        ([name, value]) =>
          name === '__name__' || name === 'alertstate' || each.labels[name] === value,
      ),
    );
    const since = same?.points.at(-1)?.value;
    return { ...whose(labels), ...(since !== undefined && { since }) };
  });
}
