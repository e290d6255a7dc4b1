import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import {
  Application,
  Environment,
  Platform,
  Signals,
  WebService,
  Worker,
  type Rendering,
} from '../../lib';
import { testPlatform } from '../../lib/testing';

const [dev] = testPlatform().environments as readonly [Environment, Environment, Environment];
const good = { image: 'x/y:1', port: 8080, health: '/ready', metrics: {} } as const;
const facts = { ...dev.props, signals: 'shared' };

/** Environments with a service that promises something, and a worker that exists in dev and staging. */
function render(environments: readonly Environment[]): Rendering {
  const platform = new Platform({ environments, defaults: { signals: Signals.openTelemetry() } });
  const app = new Application(platform, 'shop', { owner: 'team-a' });
  new WebService(app, 'orders', { ...good, slo: { availability: 99.9 } });
  new WebService(app, 'mock', {
    ...good,
    presence: { stages: ['dev', 'staging'] as never, reason: 'a mock' },
    slo: { availability: 99 },
  });
  new Worker(app, 'mute', { image: 'x/y:1', slo: { none: 'nobody waits for it' } });
  return platform.render();
}
const three = (...signals: readonly string[]): readonly Environment[] =>
  ['dev', 'staging', 'prod'].map(
    (name, index) =>
      new Environment(name, { ...facts, domain: `${name}.test`, signals: signals[index] ?? name }),
  );
const standing = ({ files }: Rendering, file: string): readonly string[] =>
  [...files.keys()].filter((name) => name.endsWith(`/shop/${file}.k8s.yaml`));
const textOf = ({ files }: Rendering, name: string): string => files.get(name) ?? '';

describe('the facet signals', () => {
  it('stands once for all environments that share a Prometheus, in the last one', () => {
    const rendering = render(three('one', 'one', 'one'));
    expect(rendering.problems).toEqual([]);
    expect(standing(rendering, 'signals')).toEqual(['prod/shop/signals.k8s.yaml']);
    expect(standing(rendering, 'mock.signals')).toEqual(['staging/shop/mock.signals.k8s.yaml']);
    const [model] = rendering.models;
    const elsewhere = "they stand in prod, which shares its Prometheus: signals 'one'";
    expect(model?.environments.map(({ omits }) => omits.signals)).toEqual([
      elsewhere,
      undefined,
      undefined,
    ]);
  });

  it('has the same bytes wherever it stands, and with any number of environments', () => {
    const apart = render(three());
    const names = standing(apart, 'signals');
    expect(names).toHaveLength(3);
    const digests = names.map((name) =>
      createHash('sha256').update(textOf(apart, name)).digest('hex'),
    );
    expect(new Set(digests).size).toBe(1);
    const shared = render(three('one', 'one', 'one'));
    expect(textOf(shared, 'prod/shop/signals.k8s.yaml')).toBe(
      textOf(apart, 'dev/shop/signals.k8s.yaml'),
    );
    expect(apart.models[0]?.digests.signals).toBe(digests[0]);
    expect(textOf(apart, 'prod/shop/signals.k8s.yaml')).not.toMatch(/namespace: |prod/);
  });

  it('stands in no preview, which is gone tomorrow', () => {
    const [first] = three('one') as readonly [Environment];
    const rendering = render([first, first.like('pr-12')]);
    expect(standing(rendering, 'signals')).toEqual(['dev/shop/signals.k8s.yaml']);
  });

  it('is known to every environment that is watched, by its namespace', () => {
    const rendering = render(three('one', 'one', 'one'));
    const own = (name: string) => rendering.manifests.get(`${name}/shop/environment.k8s.yaml`);
    const rules = own('dev')?.filter(({ kind }) => kind === 'PrometheusRule');
    expect(rules).toMatchObject([
      {
        metadata: { name: 'shop-namespace' },
        spec: {
          groups: [
            {
              name: 'shop.dev.namespace',
              rules: [
                {
                  record: 'golden_path:namespace:info',
                  expr: 'vector(1)',
                  labels: {
                    application: 'shop',
                    environment: 'dev',
                    stage: 'dev',
                    namespace: 'shop-dev',
                  },
                },
              ],
            },
          ],
        },
      },
    ]);
  });

  it('is left out with a reason, and so is what it would know the environment by', () => {
    const [first, second] = three('one', 'one');
    const without = { ...second?.props, omits: { signals: 'nobody is on call' } };
    const rendering = render([first as Environment, new Environment('staging', without as never)]);
    expect(rendering.problems).toEqual([]);
    expect(standing(rendering, 'signals')).toEqual(['dev/shop/signals.k8s.yaml']);
    expect(textOf(rendering, 'staging/shop/environment.k8s.yaml')).not.toContain('PrometheusRule');
  });

  it('has objectives in the model, with budget and predicted times', () => {
    const [model] = render(three()).models;
    expect(model?.workloads.find(({ name }) => name === 'orders')?.objectives).toMatchObject([
      {
        id: 'shop/orders/availability',
        objective: 99.9,
        budgetMinutes: 43.2,
        source: 'open-telemetry',
        from: 'declaration',
      },
    ]);
    expect(model?.workloads.find(({ name }) => name === 'mute')?.objectives).toBeUndefined();
  });

  it('has what the platform gives a tier, where its source sees the service', () => {
    const defaults = {
      signals: Signals.openTelemetry(),
      slo: { standard: { availability: 99.5 } },
    };
    const platform = new Platform({ environments: three(), defaults });
    const app = new Application(platform, 'shop', { owner: 'team-a' });
    new WebService(app, 'seen', good);
    new WebService(app, 'unseen', { image: 'x/y:1', port: 8080, health: '/ready' });
    const { models, problems } = platform.render();
    expect(problems).toEqual([]);
    const objectives = models[0]?.workloads.map((each) => each.objectives);
    expect(objectives).toMatchObject([[{ objective: 99.5, from: 'platform' }], undefined]);
  });
});
