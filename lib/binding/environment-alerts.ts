import { compareText, grouped, isBag, isText, type AvailabilitySignal } from '../foundation';
import {
  prometheusRule,
  ruleTestTexts,
  tryCertificateAlerts,
  tryCertificateTests,
  tryServiceAlerts,
  tryServiceTests,
  type AlertOwner,
  type CertificatePlace,
  type RuleTestText,
  type Watched,
  type WatchedCertificate,
  type WatchedHost,
  type WatchedService,
} from '../observability';
import { boundLabels, type Binding, type Bound } from './bound';
import { certificateName, exposedHere } from './exposed';
import { isWatched } from './signals';
import { suppliesOf } from './supplied';

/** Whose alerts they are. */
const ownerOf = ({ phaseOne: { application, owner, links } }: Bound): AlertOwner => ({
  application,
  owner,
  links,
});

/** Whether a provider, which may be anybody's, says how its service is watched. */
const isSignal = (value: unknown): value is AvailabilitySignal =>
  isBag(value) &&
  isText(value.metric) &&
  isBag(value.labels) &&
  Object.values(value.labels).every(isText);

/** The backing services here whose providers say how they are watched. */
const servicesOf = (bound: Bound): readonly WatchedService[] =>
  suppliesOf(bound).supplied.flatMap(({ service: { name }, provided }) => {
    const statement: unknown = provided.statement;
    if (!isBag(statement) || !isSignal(statement.availability)) return [];
    const { engine, availability } = statement;
    return [{ name, engine: isText(engine) ? engine : name, availability }];
  });

/** The hosts outside that workloads here call. */
function hostsOf({ phaseOne, workloads }: Bound): readonly WatchedHost[] {
  const names = new Set(workloads.map(({ name }) => name));
  const outside = phaseOne.edges.filter(({ kind, from }) => kind === 'external' && names.has(from));
  return [...grouped(outside, ({ to }) => to)]
    .map(([host, edges]) => ({
      host,
      ports: [...new Set(edges.map(({ port }) => port))].sort((a, b) => a - b),
    }))
    .sort((a, b) => compareText(a.host, b.host));
}

/** The certificates that cert-manager keeps here: one for each hostname, where the gateway or the ingress has an issuer. */
function certificatesOf(bound: Bound): readonly WatchedCertificate[] {
  const { gateway, ingress } = bound.environment.props;
  if (!gateway?.listenerSet && !ingress?.issuer) return [];
  return [...grouped(exposedHere(bound), ({ hostname }) => hostname)].flatMap(
    ([hostname, [first]]) =>
      first ? [{ name: certificateName(hostname), hostname, workload: first.workload.name }] : [],
  );
}

const watchedBy = (bound: Bound): Watched => ({
  services: servicesOf(bound),
  hosts: hostsOf(bound),
});
const placeOf = ({ environment, namespace }: Bound): CertificatePlace => ({
  environment: environment.name,
  namespace,
});

/** Alerts about what is the environment's: its backing services, the hosts outside, and its certificates. */
export function bindEnvironmentAlerts(bound: Bound): Binding {
  if (!isWatched(bound)) return { manifests: [] };
  const { application } = bound.phaseOne;
  const by = ownerOf(bound);
  const rules = {
    services: tryServiceAlerts(watchedBy(bound), bound.environment.name, by),
    certificates: tryCertificateAlerts(certificatesOf(bound), placeOf(bound), by),
  };
  const manifests = Object.entries(rules).flatMap(([name, group]) =>
    group
      ? [
          prometheusRule({
            name: `${application}-${name}`,
            labels: boundLabels(bound),
            groups: [group],
          }),
        ]
      : [],
  );
  return { manifests };
}

/** The tests of these alerts. */
export function environmentRuleTests(bound: Bound): readonly RuleTestText[] {
  if (!isWatched(bound)) return [];
  const { name: environment } = bound.environment;
  const by = ownerOf(bound);
  const services = `${environment}.services`;
  const certificates = `${environment}.certificates`;
  return [
    ...ruleTestTexts(services, (rules) =>
      tryServiceTests(watchedBy(bound), environment, by, rules),
    ),
    ...ruleTestTexts(certificates, (rules) =>
      tryCertificateTests(certificatesOf(bound), placeOf(bound), by, rules),
    ),
  ];
}
