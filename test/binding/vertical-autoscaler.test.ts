import { describe, expect, it } from '@jest/globals';
import {
  Application,
  Capacity,
  Dns,
  Environment,
  inCluster,
  Platform,
  RabbitMq,
  ScheduledJob,
  Size,
  WebService,
  Worker,
  type EnvironmentProps,
  type Manifest,
} from '../../lib';
import { synthesize } from '../../lib/testing';

const web = { image: 'x/y:1', port: 8080, health: '/ready', size: Size.M } as const;

const verticals = (
  make: (app: Application) => unknown,
  facts: Partial<EnvironmentProps> = {},
): readonly Manifest[] => {
  const environment = new Environment('dev', {
    network: { dns: Dns.kubeDns() },
    capacity: Capacity.single(),
    lowerRequests: {},
    ...facts,
  });
  const synthesis = synthesize(
    (app) => make(new Application(app, 'shop', { owner: 'team-a' })),
    () => new Platform({ environments: [environment] }),
  );
  expect(synthesis.problems).toEqual([]);
  return synthesis.objects('dev').filter(({ kind }) => kind === 'VerticalPodAutoscaler');
};
const controlled = (manifest: Manifest | undefined): unknown =>
  (
    manifest?.spec as {
      readonly resourcePolicy: {
        readonly containerPolicies: readonly { readonly controlledResources?: unknown }[];
      };
    }
  ).resourcePolicy.containerPolicies[0]?.controlledResources;

describe('an environment that lowers requests', () => {
  it('sizes each container by its use, never above what was declared, and leaves the others alone', () => {
    const [vertical, ...others] = verticals((app) => {
      const { XS } = Size;
      const sidecars = { proxy: { image: 'x/proxy:1', size: XS } };
      const init = { load: { image: 'x/load:1', size: XS } };
      new WebService(app, 'orders', { ...web, sidecars, init });
      new ScheduledJob(app, 'report', { image: 'x/y:1', schedule: '0 3 * * *' });
    });
    expect(others).toEqual([]);
    const common = {
      mode: 'Auto',
      controlledResources: ['cpu', 'memory'],
      controlledValues: 'RequestsOnly',
      minAllowed: { cpu: '10m', memory: '32Mi' },
    };
    expect(vertical).toEqual({
      apiVersion: 'autoscaling.k8s.io/v1',
      kind: 'VerticalPodAutoscaler',
      metadata: {
        name: 'orders',
        labels: {
          app: 'orders',
          'app.kubernetes.io/component': 'web-service',
          'app.kubernetes.io/instance': 'orders',
          'app.kubernetes.io/managed-by': 'cdk8s-golden-path',
          'app.kubernetes.io/name': 'orders',
          'app.kubernetes.io/part-of': 'shop',
        },
      },
      spec: {
        targetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'orders' },
        updatePolicy: { updateMode: 'Initial' },
        resourcePolicy: {
          containerPolicies: [
            { ...common, containerName: 'orders', maxAllowed: { cpu: '250m', memory: '512Mi' } },
            { ...common, containerName: 'proxy', maxAllowed: { cpu: '50m', memory: '128Mi' } },
            { containerName: '*', mode: 'Off' },
          ],
        },
      },
    });
  });

  it('asks for no more than a container declares that is smaller than the floor', () => {
    const size = Size.of({ cpu: '5m', memory: '16Mi' });
    const [vertical] = verticals((app) => new WebService(app, 'orders', { ...web, size }));
    expect(vertical?.spec).toMatchObject({
      resourcePolicy: {
        containerPolicies: [
          {
            minAllowed: { cpu: '5m', memory: '16Mi' },
            maxAllowed: { cpu: '5m', memory: '16Mi' },
          },
          { containerName: '*' },
        ],
      },
    });
  });

  it('leaves the CPU alone where replicas follow its use', () => {
    const orders = (app: Application) =>
      new WebService(app, 'orders', { ...web, scale: { min: 2, max: 10 } });
    const of = (capacity: Capacity) => controlled(verticals(orders, { capacity })[0]);
    expect([of(Capacity.single()), of(Capacity.atMost(3))]).toEqual([
      ['cpu', 'memory'],
      ['memory'],
    ]);
  });

  it('takes both where KEDA scales on messages, and leaves the CPU alone where it is omitted', () => {
    const mailer = (app: Application) => {
      const broker = new RabbitMq(app, 'broker', { queues: { mails: {} } });
      const on = broker.queue('mails').length(50);
      new Worker(app, 'mailer', { image: 'x/y:1', scale: { min: 0, max: 20, on } });
    };
    const facts = {
      capacity: Capacity.asDeclared(),
      providers: { default: inCluster() },
      secretStore: { name: 'vault' },
    } as const;
    const [withKeda] = verticals(mailer, { ...facts, capabilities: ['keda'] });
    const [without] = verticals(mailer, { ...facts, omits: { keda: 'too small' } });
    expect([controlled(withKeda), controlled(without)]).toEqual([['cpu', 'memory'], ['memory']]);
  });

  it.each(['Recreate', 'InPlaceOrRecreate'] as const)(
    'changes the only replica too in mode %s',
    (updateMode) => {
      const [vertical] = verticals((app) => new WebService(app, 'orders', web), {
        lowerRequests: { updateMode },
      });
      expect(vertical?.spec).toMatchObject({ updatePolicy: { updateMode, minReplicas: 1 } });
    },
  );
});
