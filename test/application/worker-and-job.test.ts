import { describe, expect, it } from '@jest/globals';
import { ApiObject, type App, JsonPatch, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Application, ScheduledJob, secret, WebService, Worker } from '../../lib';
import { synthesizeIn } from '../../lib/testing';

const good = { image: 'ghcr.io/example/orders:1.4.2', port: 8080, health: '/ready' } as const;

describe('a worker', () => {
  it('is a Deployment that nobody may call and that waits for no traffic to stop', () => {
    const synthesis = synthesizeIn((app) => new Worker(app, 'mailer', { image: 'x/mailer:1' }));
    expect(synthesis.problems).toEqual([]);
    const keys = synthesis.objects().map(({ kind }) => kind);
    expect(keys).toEqual(['NetworkPolicy', 'Deployment', 'PodDisruptionBudget']);
    const { spec } = synthesis.find({ kind: 'Deployment', name: 'mailer' });
    expect(spec).toMatchObject({
      template: { spec: { terminationGracePeriodSeconds: 30, serviceAccountName: 'mailer' } },
    });
    expect(JSON.stringify(spec)).not.toMatch(/preStop|Probe/);
  });

  it('takes checks that name their port', () => {
    const health = { readiness: { path: '/ready', port: 9000 }, liveness: { tcp: 9000 } };
    const synthesis = synthesizeIn(
      (app) => new Worker(app, 'mailer', { image: 'x/mailer:1', health }),
    );
    expect(synthesis.problems).toEqual([]);
    expect(synthesis.find({ kind: 'Deployment', name: 'mailer' }).spec).toMatchObject({
      template: { spec: { containers: [{ ports: [{ name: 'health', containerPort: 9000 }] }] } },
    });
  });
});

describe('a scheduled job', () => {
  it('never overlaps itself, does not run for ever, and survives a drained node', () => {
    const synthesis = synthesizeIn((app) => {
      new ScheduledJob(app, 'report', { image: 'x/report:1', schedule: '15 3 * * MON-FRI' });
    });
    expect(synthesis.problems).toEqual([]);
    expect(synthesis.find({ kind: 'CronJob', name: 'report' }).spec).toMatchObject({
      schedule: '15 3 * * MON-FRI',
      timeZone: 'Etc/UTC',
      concurrencyPolicy: 'Forbid',
      startingDeadlineSeconds: 300,
      successfulJobsHistoryLimit: 3,
      failedJobsHistoryLimit: 1,
      jobTemplate: {
        spec: {
          activeDeadlineSeconds: 3600,
          backoffLimit: 6,
          podFailurePolicy: {
            rules: [
              { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] },
            ],
          },
          template: { spec: { restartPolicy: 'Never', automountServiceAccountToken: false } },
        },
      },
    });
  });

  it.each([
    '@daily',
    '*/5 * * * *',
    '0 0,12 1 */2 *',
    '5-10/2 0 * jan-mar sun',
    '0 3 ? * 0-6',
    // A day that comes: in a leap year, in another of the months, or on a day of the week.
    '0 0 29 2 *',
    '0 0 31 4,5 *',
    '0 0 31 4/2,10/2 *',
    '0 0 31 */2 ?',
    '0 0 31 2 mon',
    '0 0 */31 2 *',
  ])('accepts the schedule %s', (schedule) => {
    const { problems } = synthesizeIn(
      (app) => new ScheduledJob(app, 'j', { image: 'x:1', schedule }),
    );
    expect(problems).toEqual([]);
  });

  it.each([
    '0 3 * *',
    '* * * * * *',
    '0 24 * * *',
    '0 3 * * 7',
    '0 3 L * *',
    '5-2 * * * *',
    '*/0 * * * *',
    '@every 5m',
    '',
    // A day that never comes.
    '0 0 31 2 *',
    '0 0 30/1 feb ?',
    '0 0 31 4-6/2,9,11 */1',
  ])('reports the schedule %s', (schedule) => {
    const { problems } = synthesizeIn(
      (app) => new ScheduledJob(app, 'j', { image: 'x:1', schedule }),
    );
    expect(problems.map(({ code }) => code)).toEqual(['CronInvalid']);
  });

  it('has an id of at most 52 characters', () => {
    const { problems } = synthesizeIn(
      (app) => new ScheduledJob(app, 'j'.repeat(53), { image: 'x:1', schedule: '@daily' }),
    );
    expect(problems.map(({ code }) => code)).toEqual(['IdInvalid']);
  });
});

describe('an application', () => {
  class Shop extends Application {
    public constructor(scope: App) {
      super(scope, 'shop', { owner: 'team-a' });
      const orders = new WebService(this, 'orders', { ...good, env: { KEY: secret('key') } });
      orders.deployment.addJsonPatch(JsonPatch.add('/spec/minReadySeconds', 10));
      orders.service.metadata.addAnnotation('example.com/a', 'b');
    }
  }

  it('also works under a plain App, in stock Testing.synth', () => {
    const manifests = Testing.synth(new Shop(Testing.app())) as { kind: string }[];
    expect(manifests.map(({ kind }) => kind)).toEqual([
      'NetworkPolicy',
      'Deployment',
      'Service',
      'PodDisruptionBudget',
    ]);
  });

  it('tells its problems under a plain App', () => {
    const app = new Application(Testing.app(), 'shop', { owner: 'team-a' });
    new WebService(app, 'orders', { ...good, image: 'x:latest' });
    expect(() => Testing.synth(app) as unknown).toThrow(/ImageUnpinned at shop\/orders \(test\//);
  });

  it('is none that every chart would be an instance of', () => {
    expect(new Shop(Testing.app())).toBeInstanceOf(Application);
    expect(Testing.chart()).not.toBeInstanceOf(Application);
  });

  it('counts what the escape hatch changed, and emits it', () => {
    const synthesis = synthesizeIn((app) => {
      const orders = new WebService(app, 'orders', good);
      orders.deployment.addJsonPatch(JsonPatch.add('/spec/minReadySeconds', 10));
      orders.service.metadata.addAnnotation('example.com/a', 'b');
    });
    const deployment = synthesis.find({ kind: 'Deployment', name: 'orders' });
    expect(deployment.spec).toMatchObject({ minReadySeconds: 10 });
    const service = synthesis.find({ kind: 'Service', name: 'orders' });
    expect(service.metadata.annotations).toEqual({ 'example.com/a': 'b' });
    const patched = synthesis.model.objects.filter(({ patches }) => patches !== undefined);
    expect(patched.map(({ kind, patches }) => [kind, patches])).toEqual([['Deployment', 1]]);
  });

  it('holds whatever cdk8s and cdk8s-plus can build, named by its place', () => {
    const synthesis = synthesizeIn((app) => {
      new kplus.ConfigMap(app, 'cm', { data: { a: 'b' } });
      new kplus.Deployment(app, 'web', { containers: [{ image: 'x:1', portNumber: 8080 }] });
      new ApiObject(app, 'rule', {
        apiVersion: 'monitoring.coreos.com/v1',
        kind: 'PrometheusRule',
      });
    });
    // The guardrails have their say on what is not golden.
    expect(synthesis.problems.filter(({ code }) => code !== 'RuleBroken')).toEqual([]);
    expect(synthesis.problems.map(({ rule }) => rule)).toContain('drop-all-capabilities');
    expect(synthesis.model.objects.map(({ kind, name, file }) => [kind, name, file])).toEqual([
      ['ConfigMap', 'cm', 'application.k8s.yaml'],
      ['Deployment', 'web', 'application.k8s.yaml'],
      ['PrometheusRule', 'rule', 'observability.k8s.yaml'],
    ]);
    const { labels } = synthesis.find({ kind: 'ConfigMap', name: 'cm' }).metadata;
    expect(labels).toMatchObject({ 'app.kubernetes.io/part-of': 'test' });
  });
});
