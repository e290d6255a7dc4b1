import type { RuleGroup } from '../rule';
import { selectSeries } from '../promql';
import { ticket, type AlertOwner, type Ticket } from './ticket';
import { TICKET_INTERVAL } from './workload-alerts';

/** A certificate that cert-manager keeps for one hostname of one environment. */
export interface WatchedCertificate {
  /** Of the Certificate, as of its Secret. */
  readonly name: string;
  readonly hostname: string;
  /** The workload behind the hostname. */
  readonly workload: string;
}

/** Where it stands. */
export interface CertificatePlace {
  readonly environment: string;
  readonly namespace: string;
}

const WEEK_SECONDS = 7 * 86_400;

/** The tickets of the certificates of one environment, whose hostnames are its own; undefined without any. */
export function tryCertificateAlerts(
  certificates: readonly WatchedCertificate[],
  place: CertificatePlace,
  by: AlertOwner,
): RuleGroup | undefined {
  if (certificates.length === 0) return undefined;
  const { environment, namespace } = place;
  return {
    name: [by.application, environment, 'certificates'].join('.'),
    interval: TICKET_INTERVAL,
    rules: certificates.flatMap((certificate) =>
      [expiring(certificate, place), notReady(certificate, place)].map((facts) =>
        ticket(by, certificate.workload, { environment, namespace }, facts),
      ),
    ),
  };
}

/** cert-manager's metrics name the namespace of the certificate twice, unless whoever scrapes them lets it honour its labels. */
function seriesOf(
  metric: string,
  { name }: WatchedCertificate,
  { namespace }: CertificatePlace,
  labels: Readonly<Record<string, string>> = {},
): string {
  const of = (place: Readonly<Record<string, string>>): string =>
    selectSeries(`certmanager_certificate_${metric}`, { name, ...place, ...labels });
  return `${of({ exported_namespace: namespace })} or ${of({ namespace, exported_namespace: '' })}`;
}

function expiring(certificate: WatchedCertificate, place: CertificatePlace): Ticket {
  const expires = `min(${seriesOf('expiration_timestamp_seconds', certificate, place)}) - time()`;
  // Certificates that live for a week are renewed in time all the same.
  const renews = `min(${seriesOf('renewal_timestamp_seconds', certificate, place)}) - time()`;
  return {
    alert: 'CertificateExpiring',
    expr: `${expires} < ${WEEK_SECONDS} and ${renews} < 0`,
    for: '1h',
    summary: `The certificate of ${certificate.hostname} is not renewed`,
    description:
      `It ends in {{ $value | humanizeDuration }}, and should have been renewed. ` +
      look(certificate, place),
  };
}

function notReady(certificate: WatchedCertificate, place: CertificatePlace): Ticket {
  const ready = seriesOf('ready_status', certificate, place, { condition: 'True' });
  return {
    alert: 'CertificateNotReady',
    expr: `min(${ready}) == 0`,
    for: '15m',
    summary: `There is no good certificate for ${certificate.hostname}`,
    description: `Browsers refuse ${certificate.hostname} without one. ${look(certificate, place)}`,
  };
}

const look = ({ name }: WatchedCertificate, { namespace }: CertificatePlace): string =>
  `Look first at what cert-manager says of it: kubectl -n ${namespace} describe certificate ${name}`;
