import { selectSeries } from '../../../observability';
import { askedOf } from '../expressions';
import type { WorkloadFacts } from '../facts';
import { kubectl } from '../kubectl';
import { listed } from '../markdown';
import type { Signature, Signatures } from './signature';

/** One section for two alerts: what measures it is silent, or contradicts itself. */
const measured = (facts: WorkloadFacts): Signature => ({
  looks: `Pods run, and ${sources(facts)} says nothing of them, or what cannot be. Until that is mended nobody is paged for an outage.`,
  asks: events(facts),
  then: [
    'other services too → the collector or the scrape is down: whoever runs Prometheus',
    'it alone, since a release → its port, route or instrumentation changed: [go back](#go-back-to-the-last-release)',
    'nobody calls it at this hour → nothing to do, and an objective that its traffic cannot carry',
  ],
});

/** One section for two alerts, of a certificate that is not there in time. */
const certificate = (): Signature => ({
  looks: 'A certificate was not renewed in time, or is no good: browsers refuse the hostname.',
  commands: CERTIFICATES,
  then: [
    'a challenge is pending → its events say why: the DNS, or the way in',
    'no challenge → the issuer: whoever runs cert-manager',
  ],
});

/** What may befall what is measured, and certificates. */
export const signalSignatures: Signatures = {
  SLOSignalMissing: measured,
  SLOInstrumentationBroken: measured,
  CertificateExpiring: certificate,
  CertificateNotReady: certificate,
};

const CERTIFICATES = [
  kubectl('get certificates.cert-manager.io'),
  kubectl('describe certificates.cert-manager.io'),
  kubectl('get certificaterequests.cert-manager.io,challenges.acme.cert-manager.io'),
];

const sources = ({ workload }: WorkloadFacts): string =>
  listed([...new Set((workload.objectives ?? []).map(({ source }) => source))]);

function events(facts: WorkloadFacts): string {
  const { application, service } = facts;
  const of = (metric: string): string =>
    `sum by (environment, slo) (${selectSeries(metric, { application, service })})`;
  const metric = 'slo:sli_events:rate5m';
  const counts = (facts.workload.objectives ?? []).some(({ slo }) => slo !== 'freshness');
  return counts
    ? askedOf(facts, metric, 'What is counted, per second; nothing is no data:', of(metric))
    : '';
}
