import {
  tryCertificateAlerts,
  type CertificatePlace,
  type WatchedCertificate,
} from '../alert/certificate-alerts';
import type { Labels } from '../promql';
import type { AlertOwner } from '../alert/ticket';
import { tryAlertTests, type TestedRules } from './alert-tests';
import type { InputSeries, Timeline } from './input';
import type { Scenario } from './scenario';
import { always, down, sample, type Value } from './since';

const DAY = 86_400;

/** cert-manager's series name the namespace of a certificate in one of two ways. */
const placesOf = (namespace: string): readonly Labels[] => [
  { namespace: 'cert-manager', exported_namespace: namespace },
  { namespace },
];

/** When a certificate ends, and when it should be renewed, from the fault on in seconds; and whether it is there. */
interface Life {
  readonly ends: number;
  readonly renews: number;
  readonly isReady: Value;
}

const series = (
  { name }: WatchedCertificate,
  place: Labels,
  timeline: Timeline,
  { ends, renews, isReady }: Life,
): readonly InputSeries[] => {
  const labels = { ...place, name };
  const of = (metric: string, value: Value, more: Labels = {}): InputSeries =>
    sample(`certmanager_certificate_${metric}`, { ...labels, ...more }, timeline, value);
  return [
    of('expiration_timestamp_seconds', always(timeline.fault + ends)),
    of('renewal_timestamp_seconds', always(timeline.fault + renews)),
    of('ready_status', isReady, { condition: 'True' }),
  ];
};

const GOOD: Life = { ends: 80 * DAY, renews: 50 * DAY, isReady: always(1) };
/** Its renewal was due at the fault. */
const EXPIRING: Life = { ends: 2 * DAY, renews: 0, isReady: always(1) };
const NOT_READY: Life = { ...GOOD, isReady: down };
/** It lives for a week, and will be renewed in time. */
const SHORT: Life = { ends: 6 * DAY, renews: 4 * DAY, isReady: always(1) };

/** What may happen to a certificate. */
function certificateScenarios(
  certificate: WatchedCertificate,
  { environment, namespace }: CertificatePlace,
): readonly Scenario[] {
  const service = certificate.workload;
  const told = [{ environment, namespace, service }];
  const scenario = (
    facts: Pick<Scenario, 'alert' | 'what' | 'leadSeconds' | 'told'>,
    [own, here]: readonly [Life, Labels],
    others: Life,
  ): Scenario => ({
    ...{ service, ...facts },
    series: (timeline) => [
      ...series(certificate, here, timeline, own),
      ...placesOf(`${namespace}-elsewhere`).flatMap((place) =>
        series(certificate, place, timeline, others),
      ),
    ],
  });
  const expiring = { alert: 'CertificateExpiring', leadSeconds: 60 } as const;
  const notReady = { alert: 'CertificateNotReady' } as const;
  const { hostname } = certificate;
  return placesOf(namespace).flatMap((here) => [
    scenario({ ...expiring, told, what: `${hostname} is not renewed` }, [EXPIRING, here], GOOD),
    scenario({ ...notReady, told, what: `${hostname} has none` }, [NOT_READY, here], GOOD),
    scenario(
      { ...expiring, told: [], what: `${hostname} has one for a week, and others end` },
      [SHORT, here],
      EXPIRING,
    ),
    scenario(
      { ...notReady, told: [], what: `${hostname} has a good one, and others have none` },
      [GOOD, here],
      NOT_READY,
    ),
  ]);
}

/**
 * The tests of the alerts of the certificates of one environment.
 * @param rules - the file with them
 * @returns undefined without certificates
 */
export function tryCertificateTests(
  certificates: readonly WatchedCertificate[],
  place: CertificatePlace,
  by: AlertOwner,
  rules: string,
): TestedRules | undefined {
  const group = tryCertificateAlerts(certificates, place, by);
  if (!group) return undefined;
  const scenarios = certificates.flatMap((each) => certificateScenarios(each, place));
  return tryAlertTests([{ scenarios, own: [group] }], [group], rules);
}
