import type { WorkloadModel } from '../../foundation';
import { BURN_ALERTS, SIGNAL_MISSING, tryLateSeconds } from '../../observability';
import type { Expectation, ExpectedAlert, Experiment } from '../experiment';
import { unharmed } from './failure';
import { promising, type Facts } from './facts';
import {
  lastingSeconds,
  PAGE_ENDS_SECONDS,
  requestObjectives,
  SETTLES_SECONDS,
  ticketSeconds,
  tryPageSeconds,
} from './timing';
import { tryTraffic } from './traffic';

/** How long a signal may be away until a ticket says so, as the rule has it. */
const SIGNAL_AWAY_SECONDS = 1800;
/** How long `CertificateExpiring` waits. */
const EXPIRING_SECONDS = 3600;
/** What a certificate of 90 days has to be shifted by until it has less than a week, with an hour to spare. */
const CERTIFICATE_HOURS = (90 - 7) * 24 + 1;

/** What is owed by a clock, a queue, a certificate, or to those who watch. */
export function ofDuties(facts: Facts, workload: WorkloadModel): readonly Experiment[] {
  return [
    tryStopped(facts, workload),
    trySuspended(facts, workload),
    tryExpiring(facts, workload),
    tryHidden(facts, workload),
  ].flatMap((each) => each ?? []);
}

const base = ({ model: { application } }: Facts, { name }: WorkloadModel) => ({
  ...{ application, target: name },
  blastRadiusPercent: 100,
});

/** One ticket, and no page for anybody. */
const ticketed = (facts: Facts, alertname: string, service: string, seconds: number) => ({
  expects: {
    ...unharmed(facts, [], SETTLES_SECONDS),
    alerts: [{ alertname, service, severity: 'ticket', withinSeconds: seconds }],
  } satisfies Expectation,
  seconds: lastingSeconds(seconds),
});

/** All consumers of a queue fail: what waits grows old. */
function tryStopped(facts: Facts, workload: WorkloadModel): Experiment | undefined {
  const { name, kind, scale, objectives = [] } = workload;
  const freshness = objectives.find(({ slo }) => slo === 'freshness');
  const page = freshness && tryPageSeconds(freshness);
  if (kind !== 'worker' || !scale?.on || !freshness || page === undefined) return undefined;
  const within = freshness.withinSeconds ?? 0;
  const alert: ExpectedAlert = {
    ...{ alertname: BURN_ALERTS.page, service: name, severity: 'page' },
    // Before it can be late, it has to have waited all that time.
    withinSeconds: within + page,
  };
  const waiting = 'queue' in scale.on ? scale.on.queue : scale.on.group;
  return {
    ...base(facts, workload),
    id: `stop-${name}`,
    claim: { kind: 'queue', subject: name },
    fault: { kind: 'fail-pods' },
    seconds: lastingSeconds(alert.withinSeconds),
    hypothesis: `When nothing takes from ${waiting}, somebody is paged before it matters, nothing is lost, and ${name} catches up when it is back.`,
    expects: {
      alerts: [alert],
      silent: promising(facts).filter((each) => each !== name),
      holds: [],
      recoversWithinSeconds: PAGE_ENDS_SECONDS + within,
    },
  };
}

/** A schedule that is suspended, and forgotten. */
function trySuspended(facts: Facts, workload: WorkloadModel): Experiment | undefined {
  const { name, schedule } = workload;
  const late = schedule && tryLateSeconds(schedule);
  if (late === undefined) return undefined;
  return {
    ...base(facts, workload),
    ...ticketed(facts, 'ScheduledJobLate', name, late + ticketSeconds(facts)),
    id: `suspend-${name}`,
    claim: { kind: 'schedule', subject: name },
    fault: { kind: 'suspend-schedule' },
    hypothesis: `When somebody suspends ${name} and forgets it, a ticket says so as soon as a run is overdue.`,
  };
}

/** Where cert-manager keeps the certificate of a hostname. */
function tryExpiring(facts: Facts, workload: WorkloadModel): Experiment | undefined {
  const { model, environment } = facts;
  const { name, exposure } = workload;
  const places = environment ? [environment] : model.environments;
  const rules = `${model.application}-certificates`;
  const isWatched = places.some(
    ({ objects, hostnames }) =>
      Object.hasOwn(hostnames, name) &&
      objects.some((each) => each.kind === 'PrometheusRule' && each.name === rules),
  );
  if (!exposure || !isWatched) return undefined;
  const seconds = EXPIRING_SECONDS + ticketSeconds(facts);
  return {
    ...base(facts, workload),
    ...ticketed(facts, 'CertificateExpiring', name, seconds),
    id: `expire-certificate-of-${name}`,
    claim: { kind: 'certificate', subject: name },
    fault: { kind: 'shift-clock', hours: CERTIFICATE_HOURS },
    hypothesis: `When the certificate of ${name} is not renewed, a ticket says so a week before browsers do.`,
  };
}

/** Nobody measures it any more: an outage would go unnoticed. */
function tryHidden(facts: Facts, workload: WorkloadModel): Experiment | undefined {
  const { name } = workload;
  if (requestObjectives(workload).length === 0 || facts.environment?.omits.observability) {
    return undefined;
  }
  const seconds = SIGNAL_AWAY_SECONDS + ticketSeconds(facts);
  const traffic = tryTraffic(facts, [name]);
  return {
    ...base(facts, workload),
    ...ticketed(facts, SIGNAL_MISSING, name, seconds),
    id: `hide-${name}`,
    claim: { kind: 'observability', subject: name },
    fault: { kind: 'block-scrape' },
    hypothesis: `When nothing counts the requests of ${name} any more, nobody is paged for an outage that is none, and a ticket says that it is not measured.`,
    ...(traffic && { traffic }),
  };
}
