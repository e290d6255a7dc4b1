import { selectSeries } from '../../../observability';
import { askedOf } from '../expressions';
import type { WorkloadFacts } from '../facts';
import { kubectl } from '../kubectl';
import { listed } from '../markdown';
import type { Signatures } from './signature';

/** What may befall what is measured, and certificates. */
export const signalSignatures: Signatures = {
  SLOSignalMissing: (facts) => ({
    looks: `Pods run, and ${sources(facts)} tells nothing of them. Until that is mended nobody is paged for an outage.`,
    asks: events(facts),
    then: [
      'other services too → the collector or the scrape is down: whoever runs Prometheus',
      'it alone, since a release → its port, route or instrumentation changed',
      'nobody calls it at this hour → nothing to do, and an objective that its traffic cannot carry',
    ],
  }),
  SLOInstrumentationBroken: (facts) => ({
    looks: `The series of ${sources(facts)} contradict each other, so its budget is wrong.`,
    asks: events(facts),
    then: ['since a release of it, or of what measures → take that back; no user is hurt by this'],
  }),
  CertificateExpiring: () => ({
    looks: 'A certificate was not renewed in time.',
    commands: CERTIFICATES,
    then: [
      'a challenge is pending → its events say why: the DNS, or the way in',
      'no challenge → the issuer: whoever runs cert-manager',
    ],
  }),
  CertificateNotReady: () => ({
    looks: 'There is no good certificate: browsers refuse the hostname.',
    commands: CERTIFICATES,
    then: [
      'the same as for [CertificateExpiring](#CertificateExpiring), and people notice it already',
    ],
  }),
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
