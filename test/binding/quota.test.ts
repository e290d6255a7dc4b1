import { describe, expect, it } from '@jest/globals';
import { ApiObject, JsonPatch } from 'cdk8s';
import {
  Application,
  Capacity,
  Dns,
  Environment,
  inCluster,
  KafkaTopic,
  Mesh,
  perEnvironment,
  Platform,
  Postgres,
  RabbitMq,
  ScheduledJob,
  Size,
  WebService,
  Worker,
  type EnvironmentProps,
} from '../../lib';
import { synthesize, type Synthesis } from '../../lib/testing';

const bare: EnvironmentProps = {
  network: { dns: Dns.kubeDns() },
  capacity: Capacity.asDeclared(),
  quota: { headroomPercent: 0 },
};
const web = { image: 'x/y:1', port: 8080, health: '/ready', size: Size.M } as const;

const shop = (
  make: (app: Application) => unknown,
  facts: Partial<EnvironmentProps> = {},
  defaults: object = {},
): Synthesis =>
  synthesize(
    (app) => make(new Application(app, 'shop', { owner: 'team-a' })),
    () => new Platform({ environments: [new Environment('dev', { ...bare, ...facts })], defaults }),
  );
const found = (synthesis: Synthesis, kind: string): unknown => {
  expect(synthesis.problems).toEqual([]);
  return synthesis.find({ kind, name: 'shop', environment: 'dev' }).spec;
};
const hard = (synthesis: Synthesis): unknown =>
  (found(synthesis, 'ResourceQuota') as { readonly hard: unknown }).hard;

describe('the quota of an environment', () => {
  it('is not there unless the environment says so', () => {
    const none: Partial<EnvironmentProps> = { quota: undefined as never };
    const synthesis = shop((app) => new WebService(app, 'orders', web), none);
    const kinds = synthesis.objects('dev').map(({ kind }) => kind);
    expect(kinds).not.toContain('ResourceQuota');
    expect(kinds).not.toContain('LimitRange');
  });

  it('has room for every workload at its most, and for the surge of a release', () => {
    const synthesis = shop((app) => {
      new WebService(app, 'orders', { ...web, scale: { min: 2, max: 10 } });
      new ScheduledJob(app, 'report', { image: 'x/y:1', schedule: '0 3 * * *', size: Size.S });
    });
    expect(synthesis.find({ kind: 'ResourceQuota', name: 'shop', environment: 'dev' })).toEqual({
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: {
        name: 'shop',
        labels: {
          'app.kubernetes.io/managed-by': 'cdk8s-golden-path',
          'app.kubernetes.io/part-of': 'shop',
        },
      },
      // Ten and a quarter of them, rounded up, and one run of the job.
      spec: {
        hard: {
          pods: '14',
          'requests.cpu': '3350m',
          'requests.memory': '6912Mi',
          'requests.ephemeral-storage': '2800Mi',
          'limits.cpu': '14',
          'limits.memory': '6912Mi',
          'limits.ephemeral-storage': '2800Mi',
        },
      },
    });
  });

  it('has twice that unless it is told otherwise', () => {
    const orders = (app: Application) => new WebService(app, 'orders', web);
    const pods = (quota: EnvironmentProps['quota']) =>
      (hard(shop(orders, { quota: quota as never })) as { readonly pods: string }).pods;
    expect([pods({ headroomPercent: 0 }), pods({ headroomPercent: 25 }), pods({})]).toEqual([
      '5',
      '7',
      '10',
    ]);
  });

  it('follows the capacity of the environment', () => {
    const orders = (app: Application) =>
      new WebService(app, 'orders', { ...web, scale: { min: 2, max: 10 } });
    const pods = (capacity: Capacity) =>
      (hard(shop(orders, { capacity })) as { readonly pods: string }).pods;
    expect([pods(Capacity.single()), pods(Capacity.atMost(3))]).toEqual(['2', '4']);
  });

  it('counts the replicas that KEDA may ask for', () => {
    const synthesis = shop(
      (app) => {
        const broker = new RabbitMq(app, 'broker', { queues: { mails: {} } });
        const on = broker.queue('mails').length(50);
        new Worker(app, 'mailer', { image: 'x/y:1', scale: { min: 0, max: 20, on } });
      },
      {
        capabilities: ['keda'],
        secretStore: { name: 'vault' },
        providers: { default: inCluster() },
      },
    );
    expect(hard(synthesis)).toMatchObject({ pods: '26' });
  });

  it('counts migrations and the Job that restarts', () => {
    const synthesis = shop(
      (app) =>
        new WebService(app, 'orders', {
          ...web,
          scale: { min: 1, max: 1 },
          env: { MODE: perEnvironment({ dev: 'x' } as never) },
          migrate: { command: ['./migrate'] },
        }),
      { restartImage: 'registry.k8s.io/kubectl:v1.32.4' },
    );
    expect(hard(synthesis)).toMatchObject({ pods: '4', 'requests.cpu': '800m' });
    const files = synthesis.files;
    expect(files.get('dev/shop/migrate/environment.k8s.yaml')).toContain('kind: ResourceQuota');
    expect(files.get('dev/shop/environment.k8s.yaml')).not.toContain('kind: ResourceQuota');
  });

  it('counts what the team brings itself, and what it patched', () => {
    const synthesis = shop((app) => {
      const orders = new WebService(app, 'orders', { ...web, scale: { min: 1, max: 1 } });
      const path = '/spec/template/spec/containers/0/resources/requests/cpu';
      orders.deployment.addJsonPatch(JsonPatch.replace(path, '700m'));
      new ApiObject(app, 'rollout', {
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'Rollout',
        metadata: { name: 'rollout' },
        spec: { replicas: 2, template: { spec: { containers: [{ name: 'main' }] } } },
      });
    });
    expect(synthesis.problems).toEqual([]);
    // Two of the patched, and three that state nothing.
    expect(
      synthesis.find({ kind: 'ResourceQuota', name: 'shop', environment: 'dev' }).spec,
    ).toEqual({
      hard: {
        pods: '5',
        'requests.cpu': '1550m',
        'requests.memory': '1408Mi',
        'requests.ephemeral-storage': '400Mi',
        'limits.memory': '1792Mi',
        'limits.ephemeral-storage': '400Mi',
      },
    });
  });

  it('counts the pods of backing services, and what they have in common once', () => {
    const facts = { providers: { default: inCluster() }, secretStore: { name: 'vault' } } as const;
    const synthesis = shop((app) => {
      const db = new Postgres(app, 'orders-db', { version: 16, size: Size.S });
      const events = new KafkaTopic(app, 'events', {});
      const env = { MAILS: new KafkaTopic(app, 'mails', {}).topic };
      const scale = { min: 1, max: 1 };
      new Worker(app, 'mailer', { image: 'x/y:1', size: Size.S, scale, env, uses: [db, events] });
    }, facts);
    // The worker and its next release; an instance and the Job that makes it; three brokers of 500m and 2Gi; two Deployments with two pods for a while.
    expect(hard(synthesis)).toEqual({
      pods: '11',
      'requests.cpu': '2500m',
      'requests.memory': '10496Mi',
      'requests.ephemeral-storage': '400Mi',
      'limits.memory': '10496Mi',
      'limits.ephemeral-storage': '400Mi',
    });
    expect(synthesis.model.environments[0]?.servicePods).toEqual({
      pods: 6,
      cpu: '1900m',
      memory: '8064Mi',
    });
  });

  it('counts what webhooks add to each pod', () => {
    const injected = { requests: { cpu: '100m', memory: '128Mi' } };
    const synthesis = shop(
      (app) => new WebService(app, 'orders', { ...web, scale: { min: 1, max: 1 } }),
      { mesh: Mesh.istioSidecar(), quota: { headroomPercent: 0, injected } },
      { mesh: 'istio' },
    );
    expect(hard(synthesis)).toMatchObject({
      'requests.cpu': '700m',
      'requests.memory': '1280Mi',
      'limits.cpu': '4',
      'limits.memory': '1536Mi',
    });
  });
});

describe('the defaults of a namespace with a quota', () => {
  const range = (synthesis: Synthesis): unknown => found(synthesis, 'LimitRange');

  it('are a small container, and at most twice the largest that is there', () => {
    const synthesis = shop((app) => new WebService(app, 'orders', web), { quota: {} });
    expect(range(synthesis)).toEqual({
      limits: [
        {
          type: 'Container',
          default: { cpu: '1', memory: '256Mi' },
          defaultRequest: { cpu: '50m', memory: '128Mi' },
          max: { cpu: '2', memory: '1Gi' },
        },
      ],
    });
  });

  it('limit no CPU where the platform does not, and are never more than the most', () => {
    const synthesis = shop(
      (app) => new WebService(app, 'orders', { ...web, size: Size.XS }),
      {},
      { cpuLimit: 'none' },
    );
    expect(range(synthesis)).toEqual({
      limits: [
        {
          type: 'Container',
          default: { memory: '256Mi' },
          defaultRequest: { cpu: '50m', memory: '128Mi' },
          max: { memory: '256Mi' },
        },
      ],
    });
  });
});
