import type { AvailabilitySignal } from '../../foundation';
import { tryServiceAlerts, type Watched, type WatchedHost } from '../alert/service-alerts';
import type { AlertOwner } from '../alert/ticket';
import { tryAlertTests, type TestedRules } from './alert-tests';
import type { InputSeries, Timeline } from './input';
import type { Scenario } from './scenario';
import { always, down, gone, sample, type Value } from './since';

/** The same series of others: each differs from it by one label. */
const ofOthers = (
  { metric, labels }: AvailabilitySignal,
  timeline: Timeline,
  value: Value,
): readonly InputSeries[] =>
  Object.entries(labels).map(([label, text]) =>
    sample(metric, { ...labels, [label]: `${text}-elsewhere` }, timeline, value),
  );

/** What may happen to a backing service. */
function serviceScenarios(
  { name: service, availability }: Watched['services'][number],
  told: Scenario['told'],
): readonly Scenario[] {
  const { metric, labels, means } = availability;
  const alert = 'BackingServiceDown';
  const others = (timeline: Timeline): readonly InputSeries[] =>
    ofOthers(availability, timeline, always(1));
  const scenario = (what: string, value: Value): Scenario => ({
    ...{ alert, service, told, what },
    series: (timeline) => [sample(metric, labels, timeline, value), ...others(timeline)],
  });
  return [
    ...(means === 'positive' ? [scenario('it is down, and others are not', down)] : []),
    scenario('it no longer says that it can be used, and others do', gone),
    {
      ...{ alert, service, told: [] },
      what: 'nobody ever told of it, and others are down',
      series: (timeline) => ofOthers(availability, timeline, means === 'positive' ? down : gone),
    },
  ];
}

/** Targets of a prober that are a host, and those that are another. */
const probes = ({ host, ports }: WatchedHost) => ({
  own: [host, `https://${host}/status`, `${host}:${ports[0] ?? 443}`],
  others: [`${host}.example.org`, `not-${host}`, host.replace('.', '-'), `${host}:1`],
});

/** What may happen to a host outside. */
function hostScenarios(watched: WatchedHost, told: Scenario['told']): readonly Scenario[] {
  const { own, others } = probes(watched);
  const facts = { alert: 'ExternalHostDown', service: watched.host } as const;
  const probed = (
    instances: readonly string[],
    value: (index: number) => Value,
    timeline: Timeline,
  ): readonly InputSeries[] =>
    instances.map((instance, index) =>
      sample('probe_success', { job: 'blackbox', instance }, timeline, value(index)),
    );
  return [
    {
      ...{ ...facts, told },
      what: 'no probe of it gets through any more, and those of others do',
      series: (timeline) => [
        // One is enough, and the others have never got through.
        ...probed(own, (index) => (index === 0 ? down : always(0)), timeline),
        ...probed(others, () => always(1), timeline),
      ],
    },
    {
      ...{ ...facts, told: [] },
      what: 'nobody probes it any more, and others are down',
      series: (timeline) => [
        ...probed(own, () => gone, timeline),
        ...probed(others, () => always(0), timeline),
      ],
    },
  ];
}

/**
 * The tests of the alerts of what one environment leans on.
 * @param rules - the file with them
 * @returns undefined where it leans on nothing
 */
export function tryServiceTests(
  watched: Watched,
  environment: string,
  by: AlertOwner,
  rules: string,
): TestedRules | undefined {
  const group = tryServiceAlerts(watched, environment, by);
  if (!group) return undefined;
  const told = (service: string): Scenario['told'] => [
    { application: by.application, environment, service },
  ];
  const scenarios = [
    ...watched.services.flatMap((service) => serviceScenarios(service, told(service.name))),
    ...watched.hosts.flatMap((host) => hostScenarios(host, told(host.host))),
  ];
  return tryAlertTests([{ scenarios, own: [group] }], [group], rules);
}
