import { describe, expect, it } from '@jest/globals';
import { Application, Signals, WebService } from '../../lib';
import { NotFound, synthesize, synthesizeIn, testPlatform } from '../../lib/testing';
import { platform } from '../../apps/platform';

const good = { image: 'ghcr.io/example/orders:1.4.2', port: 8080, health: '/ready' } as const;

describe('the testing kit', () => {
  const shop = synthesizeIn((app) => new WebService(app, 'orders', good));

  it('finds an object of the application and one of an environment', () => {
    expect(shop.find({ kind: 'Deployment', name: 'orders' }).apiVersion).toBe('apps/v1');
    const namespace = { kind: 'Namespace', name: 'test-dev', environment: 'dev' };
    expect(shop.find(namespace).apiVersion).toBe('v1');
    expect(shop.tryFind({ kind: 'Namespace', name: 'test-dev' })).toBeUndefined();
    const deployment = { kind: 'Deployment', name: 'orders', environment: 'prod' };
    expect(shop.find(deployment).apiVersion).toBe('apps/v1');
    expect(() => shop.tryFind({ ...deployment, environment: 'production' })).toThrow(
      new NotFound('There is no environment production. There are: dev, staging, prod.'),
    );
  });

  it('finds what comes first among the objects of the application and of an environment', () => {
    const migrate = { command: ['migrate'] };
    const synthesis = synthesizeIn((app) => new WebService(app, 'orders', { ...good, migrate }));
    const kinds = (environment?: string): readonly string[] =>
      synthesis.objects(environment).map(({ kind, metadata }) => `${kind}/${metadata.name}`);
    const job = expect.stringMatching(/^Job\/orders-migrate-[0-9a-f]{8}$/);
    expect(kinds()).toEqual(expect.arrayContaining([job, 'Deployment/orders']));
    expect(kinds()).not.toContain('Namespace/test-prod');
    expect(kinds('prod')).toEqual(
      expect.arrayContaining([
        ...['Namespace/test-prod', 'ServiceAccount/orders', 'ServiceAccount/orders-migrate'],
        job,
      ]),
    );
  });

  it('says what comes nearest to an object that is not there', () => {
    const find = (kind: string, name: string) => () => shop.find({ kind, name });
    expect(find('Deployment', 'order')).toThrow(
      new NotFound(
        'There is no Deployment/order in the application. Did you mean Deployment/orders?',
      ),
    );
    expect(find('Ingress', 'x')).toThrow(
      new NotFound(
        'There is no Ingress/x in the application. There are: NetworkPolicy/orders, Deployment/orders, Service/orders, PodDisruptionBudget/orders.',
      ),
    );
  });

  it('lists problems instead of throwing them', () => {
    const { problems } = synthesizeIn(
      (app) => new WebService(app, 'orders', { ...good, image: 'x' }),
    );
    expect(problems.map(({ code, at }) => [code, at])).toEqual([['ImageUnpinned', 'test/orders']]);
  });

  it('uses the platform that it is given', () => {
    const synthesis = synthesize((app) => {
      new WebService(new Application(app, 'shop', { owner: 'a' }), 'orders', {
        ...good,
        expose: { host: 'orders' },
      });
    }, platform);
    expect(synthesis.model.environments.map(({ hostnames }) => hostnames.orders)).toEqual([
      'orders.dev.example.com',
      'orders.staging.example.com',
      'orders.example.com',
    ]);
  });

  it('takes objectives where its platform says what counts requests', () => {
    const defaults = { signals: Signals.openTelemetry({ from: 'collector' }) };
    const { model, problems } = synthesize(
      (scope) => {
        const shop = new Application(scope, 'shop', { owner: 'a' });
        new WebService(shop, 'orders', { ...good, slo: { availability: 99.9 } });
      },
      () => testPlatform(defaults),
    );
    expect(problems).toEqual([]);
    expect(model.workloads[0]?.objectives?.map(({ budgetMinutes }) => budgetMinutes)).toEqual([
      43.2,
    ]);
  });

  it('has no model when there are errors', () => {
    const broken = synthesizeIn((app) => new WebService(app, 'orders', { ...good, image: 'x' }));
    expect(() => broken.model).toThrow(new NotFound('There is no model: 1 problems.'));
  });
});
