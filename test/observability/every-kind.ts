import {
  Application,
  grpc,
  KafkaTopic,
  Platform,
  RabbitMq,
  ScheduledJob,
  Signals,
  WebService,
  Worker,
  type ApplicationDefaults,
  type Rendering,
  type SignalSource,
} from '../../lib';
import { testPlatform } from '../../lib/testing';

const web = {
  image: 'x/y:1',
  port: 8080,
  health: '/ready',
  metrics: {},
  expose: { host: 'orders' },
} as const;

/** A platform with three environments, each with a Prometheus of its own. */
export const watching = (
  signals: SignalSource,
  defaults: Partial<ApplicationDefaults> = {},
): Platform =>
  new Platform({
    environments: testPlatform().environments,
    defaults: { signals, ...defaults },
    guardrails: { pack: 'strict', without: { 'image-digest-pinned': 'a test' } },
  });

/** A service with all that may be asked of requests. */
export function requestsBy(signals: SignalSource, under: string): Rendering {
  const links = { runbook: 'https://runbooks.example.org/{service}#{alert}' };
  const platform = watching(signals, { links });
  const app = new Application(platform, `by-${signals.kind}`, { owner: 'team-a' });
  new WebService(app, 'orders', {
    ...web,
    slo: { availability: 99.9, latency: { under, objective: 99 } },
  });
  return platform.render();
}

/** One of each kind of workload, with objectives of any size. */
export function everyKind(): Rendering {
  const platform = watching(Signals.istio());
  const app = new Application(platform, 'every-kind', { owner: 'team-a' });
  const image = 'x/y:1';
  const broker = new RabbitMq(app, 'broker', { queues: { mails: {} } });
  const events = new KafkaTopic(app, 'events', { partitions: 3 });
  new WebService(app, 'calls', {
    ...{ image, port: grpc(9000) },
    slo: { availability: 99.99, latency: { under: '1s', objective: 95 } },
  });
  new WebService(app, 'swift', {
    ...{ ...web, expose: { host: 'swift' } },
    slo: { latency: { under: '500ms', objective: 99 } },
  });
  new WebService(app, 'lax', { ...web, slo: { availability: 90 } });
  new WebService(app, 'strict', { ...web, expose: { host: 's' }, slo: { availability: 99.999 } });
  new Worker(app, 'mailer', {
    image,
    scale: { min: 0, max: 3, on: broker.queue('mails').length(50) },
    slo: { freshness: { within: '10m', objective: 99 } },
  });
  new Worker(app, 'reader', {
    ...{ image, uses: [events] },
    scale: { min: 0, max: 3, on: events.lag({ group: 'reader', perReplica: 1000 }) },
    slo: { freshness: { within: '90s', objective: 99.5 } },
  });
  new ScheduledJob(app, 'report', { image, schedule: '0 7 * * 1-5', timeZone: 'Europe/Berlin' });
  new ScheduledJob(app, 'often', {
    ...{ image, schedule: '*/5 * * * *', deadlineSeconds: 300 },
    slo: { freshness: { objective: 95 } },
  });
  new ScheduledJob(app, 'whenever', {
    ...{ image, schedule: '@daily' },
    slo: { none: 'nobody waits for it' },
  });
  return platform.render();
}
