import { describe, expect, it } from '@jest/globals';
import { Application, grpc, WebService, type Manifest, type Platform } from '../../lib';
import { synthesize } from '../../lib/testing';
import { compareRenderings, linesOf } from './compare';

/** What prod runs of an application with one workload. */
const shop = (id: string, image = 'ghcr.io/example/orders:1'): readonly Manifest[] =>
  synthesize((platform: Platform) => {
    const application = new Application(platform, 'shop', { owner: 'team-a' });
    new WebService(application, id, {
      image,
      port: 8080,
      health: '/ready',
      metrics: {},
      scale: { min: 2, max: 4 },
    });
  }).objects('prod');

/** What it runs of a service that clients balance among themselves, or do not. */
const balanced = (balance: 'client' | 'connection'): readonly Manifest[] =>
  synthesize((platform: Platform) => {
    const application = new Application(platform, 'shop', { owner: 'team-a' });
    new WebService(application, 'ads', {
      image: 'ghcr.io/example/ads:1',
      port: grpc(9555, { balance }),
    });
  }).objects('prod');

const object = (
  apiVersion: string,
  kind: string,
  rest: object,
  metadata: object = {},
): Manifest => ({ apiVersion, kind, metadata: { name: 'a', ...metadata }, ...rest });

const immutable = (was: Manifest, is: Manifest): readonly string[] =>
  compareRenderings([was], [is]).immutable.map(({ field }) => field);

describe('comparing two renderings', () => {
  it('finds nothing where objects change in place', () => {
    expect(compareRenderings(shop('orders'), shop('orders', 'ghcr.io/example/orders:2'))).toEqual({
      removed: [],
      created: [],
      renamed: [],
      immutable: [],
    });
  });

  it('lists each object of a workload whose id changes', () => {
    const { removed, created, renamed, ...rest } = compareRenderings(
      shop('orders'),
      shop('purchases'),
    );
    expect(removed).toEqual([
      'Deployment.apps/orders',
      'HorizontalPodAutoscaler.autoscaling/orders',
      'NetworkPolicy.networking.k8s.io/orders',
      'NetworkPolicy.networking.k8s.io/orders-allow-metrics',
      'PodDisruptionBudget.policy/orders',
      'PodMonitor.monitoring.coreos.com/orders',
      'Service/orders',
      'ServiceAccount/orders',
    ]);
    const anew = (name: string): string => name.replace('/orders', '/purchases');
    expect(created).toEqual(removed.map(anew));
    expect(Object.fromEntries(renamed.map(({ from, to }) => [from, to]))).toEqual(
      Object.fromEntries(removed.map((name) => [name, anew(name)])),
    );
    expect(rest).toEqual({ immutable: [] });
  });

  it('takes a workload that leaves and another that comes for what they are', () => {
    const before = [...shop('orders'), ...shop('mailer', 'ghcr.io/example/mailer:1')];
    const { renamed, removed } = compareRenderings(before, shop('orders'));
    expect([renamed, removed.length]).toEqual([[], 8]);
    const other = compareRenderings(shop('orders'), shop('mailer', 'ghcr.io/example/mailer:1'));
    expect(other.renamed.map(({ from }) => from)).not.toContain('Deployment.apps/orders');
    expect(other.removed).toContain('Deployment.apps/orders');
  });

  it('tells groups and namespaces apart', () => {
    const service = object('v1', 'Service', {});
    const knative = object('serving.knative.dev/v1', 'Service', {});
    const placed = object('v1', 'Service', {}, { namespace: 'shop' });
    expect(compareRenderings([service, knative], [placed])).toMatchObject({
      removed: ['Service.serving.knative.dev/a', 'Service/a'],
      created: ['shop: Service/a'],
    });
    const beta = object('policy/v1beta1', 'PodDisruptionBudget', {});
    const stable = object('policy/v1', 'PodDisruptionBudget', {});
    expect(compareRenderings([beta], [stable])).toMatchObject({ removed: [], created: [] });
  });

  it.each([
    [
      'the selector of a Deployment',
      object('apps/v1', 'Deployment', { spec: { selector: { matchLabels: { app: 'a' } } } }),
      object('apps/v1', 'Deployment', { spec: { selector: { matchLabels: { app: 'b' } } } }),
      ['spec.selector'],
    ],
    [
      'the template of a Job',
      object('batch/v1', 'Job', { spec: { template: { spec: { containers: [{ image: 'a' }] } } } }),
      object('batch/v1', 'Job', { spec: { template: { spec: { containers: [{ image: 'b' }] } } } }),
      ['spec.template'],
    ],
    [
      'the address of a Service that loses it',
      object('v1', 'Service', { spec: {} }),
      object('v1', 'Service', { spec: { clusterIP: 'None' } }),
      ['spec.clusterIP'],
    ],
    [
      'the address of a Service that gets one',
      object('v1', 'Service', { spec: { clusterIP: 'None' } }),
      object('v1', 'Service', { spec: {} }),
      ['spec.clusterIP'],
    ],
    [
      'the role of a RoleBinding',
      object('rbac.authorization.k8s.io/v1', 'RoleBinding', { roleRef: { name: 'view' } }),
      object('rbac.authorization.k8s.io/v1', 'RoleBinding', { roleRef: { name: 'edit' } }),
      ['roleRef'],
    ],
    [
      'a ConfigMap that was immutable',
      object('v1', 'ConfigMap', { immutable: true, data: { a: '1' } }),
      object('v1', 'ConfigMap', { data: { a: '2' } }),
      ['data', 'immutable'],
    ],
  ])('finds out that %s changes', (_, was, is, fields) => {
    expect(immutable(was, is)).toEqual(fields);
    expect(immutable(was, was)).toEqual([]);
  });

  it('finds out that clients of a service begin to balance, or cease to', () => {
    const found = [{ object: 'Service/ads', field: 'spec.clusterIP' }];
    const [client, connection] = [balanced('client'), balanced('connection')];
    expect(compareRenderings(connection, client).immutable).toEqual(found);
    expect(compareRenderings(client, connection).immutable).toEqual(found);
  });

  it('lets pass what may change', () => {
    const deployment = (replicas: number): Manifest =>
      object('apps/v1', 'Deployment', { spec: { replicas, selector: { matchLabels: {} } } });
    expect(immutable(deployment(1), deployment(2))).toEqual([]);
    const settings = (data: object): Manifest => object('v1', 'ConfigMap', { data });
    expect(immutable(settings({ a: '1' }), settings({ a: '2' }))).toEqual([]);
    const service = (port: number): Manifest =>
      object('v1', 'Service', { spec: { clusterIP: 'None', ports: [{ port }] } });
    expect(immutable(service(80), service(81))).toEqual([]);
  });

  it('is told in lines', () => {
    const before = [
      object('v1', 'ServiceAccount', {}),
      object('v1', 'Service', { spec: { clusterIP: 'None' } }),
    ];
    const after = [
      object('v1', 'ServiceAccount', {}, { name: 'b' }),
      object('v1', 'Service', { spec: {} }),
    ];
    expect(linesOf(compareRenderings(before, after))).toEqual([
      'made anew, as ServiceAccount/b: ServiceAccount/a',
      'to be deleted first, as spec.clusterIP changes: Service/a',
      'left over: ServiceAccount/a',
      'new: ServiceAccount/b',
    ]);
  });
});
