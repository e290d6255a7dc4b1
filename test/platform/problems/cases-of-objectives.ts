import {
  Application,
  Environment,
  Platform,
  ScheduledJob,
  Signals,
  WebService,
  Worker,
  type SignalSource,
} from '../../../lib';
import { synthesize, testPlatform } from '../../../lib/testing';
import { bare, good, untyped, type Case, type Cases } from './making';

/** Workloads under a platform with these defaults. */
const under =
  (defaults: object, make: (app: Application) => unknown, environments?: Environment[]): Case =>
  () =>
    synthesize(
      (app) => make(new Application(app, 'shop', { owner: 'team-a' })),
      () =>
        new Platform({
          environments: environments ?? testPlatform().environments,
          defaults: untyped(defaults),
        }),
    ).problems;

/** A web service that promises something, under a platform with a source. */
const promising =
  (slo: unknown, props: object = { metrics: {} }) =>
  (app: Application): unknown =>
    new WebService(app, 'orders', untyped({ ...good, ...props, slo }));

const otel = { signals: Signals.openTelemetry() };
const web = (slo: unknown, props?: object, signals: SignalSource = otel.signals): Case =>
  under({ signals }, promising(slo, props));
const nothing = (): void => undefined;
const give =
  "Give { availability: 99.9, latency: { under: '250ms', objective: 99 } }, or one of them";
const percentage = 'Give a percentage from 90 to 99.999, such as 99.9: 100 leaves no budget';
const slow = { under: '300ms', objective: 99 };
const watched = { ...bare, capabilities: ['observability'], signals: 'shared' } as const;

/** For each code of objectives, ways to get it. */
export const casesOfObjectives: Cases = {
  PropInvalid: [
    [web({}), `PropInvalid at shop/orders: slo is {}. ${give}.`],
    [web(99.9), `PropInvalid at shop/orders: slo is 99.9. ${give}.`],
    [
      web({ availability: 100 }),
      `PropInvalid at shop/orders: slo.availability is 100. ${percentage}.`,
    ],
    [
      web({ availability: 0.999 }),
      `PropInvalid at shop/orders: slo.availability is 0.999. ${percentage}.`,
    ],
    [
      under({ ...otel, slo: { critical: { availability: 100 } } }, nothing),
      `PropInvalid at platform: defaults.slo.critical.availability is 100. ${percentage}.`,
    ],
    [
      under({ signals: Signals.istio({ scrapeInterval: 'often' }) }, nothing),
      "PropInvalid at platform: defaults.signals is { kind: 'istio', timing: { scrapeSeconds: NaN, evaluationSeconds: 30, groupWait…. Give a source such as Signals.openTelemetry(), with durations such as '30s' and a whole number of bad events.",
    ],
    [
      under({ ...otel, links: { runbook: 'https://x/{team}' } }, nothing),
      "PropInvalid at platform: defaults.links.runbook is 'https://x/{team}'. Give an address such as 'https://runbooks.example.com/{application}/{service}#{alert}'.",
    ],
  ],
  PropMissing: [
    [
      web({ latency: { under: '250ms' } }),
      `PropMissing at shop/orders: slo.latency.objective is missing. ${percentage}.`,
    ],
  ],
  PropUnknown: [
    [
      under(otel, (app) => {
        const slo = { freshness: { within: '10m', objective: 99 } };
        new ScheduledJob(app, 'j', untyped({ image: 'x/y:1', schedule: '@daily', slo }));
      }),
      'PropUnknown at shop/j: there is no prop slo.freshness.within. Remove it; known are objective.',
    ],
  ],
  DurationInvalid: [
    [
      web({ latency: { under: '300', objective: 99 } }),
      "DurationInvalid at shop/orders: slo.latency.under is '300'. Give a duration such as '300ms', at most 10m.",
    ],
  ],
  ObjectiveUnmeasurable: [
    [
      under({}, promising({ availability: 99.9 })),
      'ObjectiveUnmeasurable at shop/orders: it has an objective, and the platform has no source of signals. Give the platform defaults: { signals: Signals.openTelemetry() } or another source.',
    ],
    [
      web({ availability: 99.9 }, {}),
      "ObjectiveUnmeasurable at shop/orders: it has an objective, and nothing scrapes orders. Give it metrics, such as {}, or slo: { none: '…' } with the reason.",
    ],
    [
      web({ latency: slow }),
      "ObjectiveUnmeasurable at shop/orders: slo.latency.under is '300ms', and open-telemetry counts no bucket that ends there. Give '250ms' or '500ms'.",
    ],
    [
      web({ latency: { under: '8m', objective: 99 } }),
      "ObjectiveUnmeasurable at shop/orders: slo.latency.under is '8m', and open-telemetry counts no bucket that ends there. Give '10s'.",
    ],
    [
      web({ availability: 99 }, {}, Signals.ingressNginx()),
      "ObjectiveUnmeasurable at shop/orders: it has an objective, and ingress-nginx sees what is exposed, and no route of orders leads to it. Leave slo out, say { none: '…' } with the reason, or let the platform choose another source.",
    ],
    [
      under(otel, (app) => {
        const slo = { freshness: { within: '10m', objective: 99 } };
        new Worker(app, 'w', { image: 'x/y:1', slo });
      }),
      "ObjectiveUnmeasurable at shop/w: it has an objective of freshness, and nothing says which messages wait for it. Give scale.on, as in broker.queue('mails').length(50) or events.lag({ group: 'mailer', perReplica: 1000 }).",
    ],
  ],
  FacetUnavailable: [
    [
      under(otel, promising({ availability: 99.9 }), [new Environment('dev', bare)]),
      "FacetUnavailable at shop in dev: it needs the facet signals, which the environment does not have. Give the environment the capability 'observability', or a reason in omits.signals.",
    ],
  ],
  EnvironmentInvalid: [
    [
      under(otel, promising({ availability: 99.9 }), [
        new Environment('a', { ...watched, namespace: { kind: 'created', name: () => 'shop' } }),
        new Environment('b', { ...watched, namespace: { kind: 'created', name: () => 'shop' } }),
      ]),
      "EnvironmentInvalid at shop in b: namespace shop is that of a too, and both are watched by the Prometheus 'shared', which could not tell them apart. Give one of them another namespace, or signals of its own.",
    ],
    [
      under({}, nothing, [new Environment('tests', bare)]),
      'EnvironmentInvalid at environment tests: its folder would be that of the tests of rules. Give the environment another name.',
    ],
  ],
};
