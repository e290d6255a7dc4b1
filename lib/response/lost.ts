import { alertKey, firingIn, ofAlertmanager, type AlertNow } from './alerts';
import { firstFew } from './first-few';
import type { Live } from './live';

/** A page that nobody is told of. */
export const quietWarnings = (alerts: readonly AlertNow[]): readonly string[] =>
  alerts
    .filter(({ severity, quiet }) => severity === 'page' && quiet !== undefined)
    .map(
      ({ alertname, service, quiet }) =>
        `Nobody is told of the page ${alertname} of ${service}: it is ${quiet ?? ''}.`,
    );

/** How long an alert may take to Alertmanager. */
const ON_ITS_WAY_SECONDS = 300;

/** What fires in Prometheus and this Alertmanager has never heard of: nobody is told, or it is another cluster's. */
export function lostWarnings(live: Live, environment: string): readonly string[] {
  const { received, asking } = live;
  if (!received) return [];
  const held = new Set(
    received
      .filter(({ labels }) => labels.environment === environment)
      .map((alert) => alertKey(ofAlertmanager(alert, []))),
  );
  // Of an alert whose begin is not known it is not known either that it is on its way.
  const isLate = ({ since = 0 }: AlertNow): boolean => asking.now - since > ON_ITS_WAY_SECONDS;
  const firing = firingIn(live, environment).filter(
    ({ application }) => application === asking.subject.model.application,
  );
  const lost = firing.filter((alert) => isLate(alert) && !held.has(alertKey(alert)));
  const names = [...new Set(lost.map(({ alertname, service }) => `${alertname} of ${service}`))];
  if (names.length === 0) return [];
  const isAre = names.length > 1 ? 'fire' : 'fires';
  return [
    `${firstFew(names)} ${isAre} in Prometheus, and Alertmanager has not heard of it: nobody is told, or it is another cluster's.`,
  ];
}
