import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Capacity, type ApplicationModel } from '../../lib';
import { gitCommands } from './handbook';
import type { Source } from './shop';
import { ShopRepository, type Ended } from './shop-repository';

const DEV = 'origin/main';
const STAGING = 'origin/env/staging';
const PROD = 'origin/env/prod';
const older = { orders: '2.6.0' };
const newer = { orders: '2.7.0' };
const more = { capacity: Capacity.atMost(3), domain: 'shop.test' };

let base: ShopRepository;
let repository: ShopRepository;

beforeAll(() => {
  base = new ShopRepository();
  base.release('v2.6.0', older);
  base.point('staging', 'v2.6.0');
  base.point('prod', 'v2.6.0');
  base.release('v2.7.0', newer);
});

beforeEach(() => {
  repository = new ShopRepository(base);
});

afterEach(() => {
  repository.remove();
});

afterAll(() => {
  base.remove();
});

/** The phase-1 files of an environment. */
const phaseOne = (revision: string, environment: string): readonly string[] =>
  repository.files(revision, environment).filter((file) => file !== 'environment.k8s.yaml');

const leftovers = (before: string, after: string, environment: string): readonly string[] => {
  const kept = repository.objects(after, environment);
  return repository.objects(before, environment).filter((key) => !kept.includes(key));
};

/** Follows the handbook up to the question whether anything but prod's facts changed. */
function changeProd(source: Source): Ended {
  expect(repository.run(gitCommands('Change prod alone')).code).toBe(0);
  repository.synth(source);
  return check();
}
const check = (): Ended => repository.run(gitCommands('Change prod alone', 1));

describe('promotion', () => {
  it('lets dev run a release ahead of staging and prod, which run one digest', () => {
    expect(repository.digest(DEV, 'dev')).not.toBe(repository.digest(PROD, 'prod'));
    expect(repository.digest(STAGING, 'staging')).toBe(repository.digest(PROD, 'prod'));
  });

  it('has one digest in all environments of a revision, the one that the model names', () => {
    for (const revision of ['v2.6.0', 'v2.7.0']) {
      const text = repository.bytes(revision, 'dist/model/shop.json').toString('utf8');
      const { digests } = JSON.parse(text) as ApplicationModel;
      const found = ['dev', 'staging', 'prod'].map((name) => repository.digest(revision, name));
      expect(new Set(found)).toEqual(new Set([digests.application]));
    }
  });

  it('gives prod exactly the bytes that dev ran', () => {
    const files = phaseOne(DEV, 'dev');
    const ran = files.map((file) => repository.bytes(DEV, `dist/dev/shop/${file}`));
    expect(repository.run(gitCommands('Promote')).stderr).toContain('-> env/prod');

    expect(phaseOne(PROD, 'prod')).toEqual(files);
    expect(files).toEqual(['application.k8s.yaml', 'observability.k8s.yaml']);
    expect(files.map((file) => repository.bytes(PROD, `dist/prod/shop/${file}`))).toEqual(ran);
    expect(repository.digest(STAGING, 'staging')).not.toBe(repository.digest(PROD, 'prod'));
  });

  it('is undone by moving the revision back, which restores every byte', () => {
    const before = repository.content(PROD, 'dist/prod');
    repository.run(gitCommands('Promote'));
    expect(repository.content(PROD, 'dist/prod')).not.toBe(before);

    expect(repository.run(gitCommands('Roll back')).code).toBe(0);
    expect(repository.content(PROD, 'dist/prod')).toBe(before);
  });

  it('is not what merging to main does', () => {
    const before = repository.git('rev-parse', PROD, `${DEV}:dist/prod`).split('\n');
    repository.git('switch', '--quiet', '--create', 'feature');
    repository.synth({ orders: '2.8.0' });
    repository.commit('orders 2.8.0');
    repository.git('switch', '--quiet', 'main');
    repository.git('merge', '--quiet', '--ff-only', 'feature');
    repository.git('push', '--quiet', 'origin', 'main');
    repository.git('fetch', '--quiet', 'origin');

    const after = repository.git('rev-parse', PROD, `${DEV}:dist/prod`).split('\n');
    expect(after[0]).toBe(before[0]);
    expect(after[1]).not.toBe(before[1]);
  });
});

describe('a change for prod alone', () => {
  it("leaves the application's digest alone and changes prod's facts only", () => {
    expect(changeProd({ ...older, prod: more })).toEqual({ code: 0, stdout: '', stderr: '' });
    repository.commit('prod: more replicas, a new domain');

    expect(repository.digest('HEAD', 'prod')).toBe(repository.digest(PROD, 'prod'));
    expect(repository.changed(PROD, 'HEAD')).toEqual([
      'dist/model/shop.json',
      'dist/prod/shop/environment.k8s.yaml',
    ]);
  });

  it('may be the value of a setting', () => {
    expect(changeProd({ ...older, logLevel: 'debug' }).code).toBe(0);
    repository.commit('prod: debug');
    expect(repository.changed(PROD, 'HEAD')).toContain('dist/prod/shop/environment.k8s.yaml');
  });

  it('is found out when it reaches the application', () => {
    const { code, stdout } = changeProd({ ...newer, prod: more });
    expect(code).toBe(1);
    expect(stdout).toContain('+++ b/dist/prod/shop/application.k8s.yaml');
  });

  it('is found out when it takes a file away', () => {
    const { code, stdout } = changeProd({
      ...older,
      prod: { capabilities: ['reloader'], omits: { observability: 'prod has none yet' } },
    });
    expect(code).toBe(1);
    expect(stdout).toContain('deleted file');
  });

  it('is not lost by promoting a release that lacks it: git refuses until main has it', () => {
    changeProd({ ...older, prod: more });
    repository.commit('prod: more replicas, a new domain');
    repository.git('push', '--quiet', 'origin', 'HEAD:refs/heads/env/prod');
    const { code, stderr } = repository.run(gitCommands('Promote'));
    expect([code, stderr]).toEqual([1, expect.stringContaining('[rejected]')]);

    repository.git('switch', '--quiet', 'main');
    repository.git('merge', '--quiet', '--no-commit', '--strategy=ours', PROD);
    repository.release('v2.8.0', { ...newer, prod: more });
    repository.point('prod', 'v2.8.0');
    expect(repository.digest(PROD, 'prod')).toBe(repository.digest('v2.7.0', 'dev'));
    expect(repository.bytes(PROD, 'dist/prod/shop/environment.k8s.yaml').toString()).toContain(
      '- orders.shop.test',
    );
  });
});

describe('what a release leaves behind', () => {
  it('is nothing when nothing was removed', () => {
    expect(leftovers('v2.6.0', 'v2.7.0', 'prod')).toEqual([]);
  });

  it('is each object of a removed workload, and no other', () => {
    repository.release('v2.8.0', { ...newer, ads: false });
    const found = leftovers('v2.7.0', 'v2.8.0', 'prod');
    expect([...found].sort()).toEqual([
      'ConfigMap/ads-settings',
      'Deployment.apps/ads',
      'ExternalSecret.external-secrets.io/ads-key',
      'GRPCRoute.gateway.networking.k8s.io/ads',
      'HorizontalPodAutoscaler.autoscaling/ads',
      'NetworkPolicy.networking.k8s.io/ads',
      'NetworkPolicy.networking.k8s.io/ads-allow-gateway',
      'NetworkPolicy.networking.k8s.io/ads-allow-metrics',
      'NetworkPolicy.networking.k8s.io/ads-allow-outside',
      'PodDisruptionBudget.policy/ads',
      'PodMonitor.monitoring.coreos.com/ads',
      'Service/ads',
      'ServiceAccount/ads',
    ]);
    const inDev = leftovers('v2.7.0', 'v2.8.0', 'dev');
    expect(found.filter((key) => !inDev.includes(key))).toEqual([
      'HorizontalPodAutoscaler.autoscaling/ads',
    ]);
  });

  it('is the old restart Job where a setting changed and Reloader is missing', () => {
    const source: Source = {
      ...newer,
      prod: { capabilities: ['observability'], restartImage: 'example.com/kubectl:1.32.4' },
    };
    repository.release('v2.8.0', source);
    repository.release('v2.8.1', { ...source, logLevel: 'debug' });
    expect(leftovers('v2.8.0', 'v2.8.1', 'prod')).toEqual([
      expect.stringMatching(/^Job\.batch\/shop-restart-[0-9a-f]{8}$/),
    ]);
  });
});
