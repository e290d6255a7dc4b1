import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import {
  Application,
  Capacity,
  Dns,
  Environment,
  external,
  perEnvironment,
  Platform,
  secret,
  WebService,
  Worker,
  type PerEnvironment,
} from '../../lib';
import { objectKey } from '../../lib/foundation';

const WAVE = 'argocd.argoproj.io/sync-wave';
const levels = { dev: 'debug' } as PerEnvironment;

const rendering = (hasMigration: boolean) => {
  const environment = new Environment('dev', {
    network: { dns: Dns.kubeDns(), metrics: [{ namespace: 'monitoring' }] },
    capacity: Capacity.atMost(3),
    domain: 'dev.test',
    gateway: { name: 'public', namespace: 'gw', peers: [{ namespace: 'gw' }] },
    secretStore: { name: 'vault' },
    restartImage: 'registry.k8s.io/kubectl:v1.32.4',
    capabilities: ['observability'],
  });
  const platform = new Platform({ environments: [environment] });
  const shop = new Application(platform, 'shop', { owner: 'team-a' });
  new WebService(shop, 'orders', {
    image: 'ghcr.io/example/orders:1.4.2',
    port: 8080,
    health: '/ready',
    env: { LEVEL: perEnvironment(levels), URI: secret('orders-db', 'uri') },
    uses: [external('db.example.com', 5432)],
    expose: { host: 'orders' },
    metrics: {},
    ...(hasMigration && { migrate: { command: ['bin/orders', 'migrate'] } }),
  });
  new Worker(shop, 'mailer', {
    image: 'ghcr.io/example/mailer:1.0.0',
    env: {
      LEVEL: perEnvironment(levels),
      URI: secret('orders-db', 'uri'),
      PASSWORD: secret('orders-db', 'password'),
      KEY: secret('mailer-key'),
    },
    uses: [external('smtp.example.com', 587)],
  });
  const { problems, manifests, files } = platform.render();
  expect(problems).toEqual([]);
  return {
    files,
    keys: (file: string) => (manifests.get(`dev/shop/${file}`) ?? []).map(objectKey),
    objects: (file: string) => manifests.get(`dev/shop/${file}`) ?? [],
  };
};

describe('the binding of an application with a migration', () => {
  const { files, keys, objects } = rendering(true);

  it('puts first what its Job needs, and nothing that the old code reads', () => {
    expect(keys('migrate/environment.k8s.yaml')).toEqual([
      'Namespace/shop-dev',
      'ServiceAccount/orders-migrate',
      'ConfigMap/orders-migrate-settings',
      'ExternalSecret.external-secrets.io/orders-db',
      'NetworkPolicy.networking.k8s.io/shop-allow-dns',
      'NetworkPolicy.networking.k8s.io/orders-migrate-allow-outside',
    ]);
  });

  it('leaves the rest where it is, the Job that restarts included', () => {
    expect(keys('environment.k8s.yaml')).toEqual([
      'ServiceAccount/orders',
      'ServiceAccount/mailer',
      'ConfigMap/orders-settings',
      'ConfigMap/mailer-settings',
      'ExternalSecret.external-secrets.io/mailer-key',
      'NetworkPolicy.networking.k8s.io/orders-allow-gateway',
      'NetworkPolicy.networking.k8s.io/orders-allow-metrics',
      'NetworkPolicy.networking.k8s.io/orders-allow-outside',
      'NetworkPolicy.networking.k8s.io/mailer-allow-outside',
      'HorizontalPodAutoscaler.autoscaling/orders',
      'HorizontalPodAutoscaler.autoscaling/mailer',
      'HTTPRoute.gateway.networking.k8s.io/orders',
      'NetworkPolicy.networking.k8s.io/shop-restart',
      'ServiceAccount/shop-restart',
      'Role.rbac.authorization.k8s.io/shop-restart',
      'RoleBinding.rbac.authorization.k8s.io/shop-restart',
      expect.stringMatching(/^Job\.batch\/shop-restart-[0-9a-f]{8}$/),
    ]);
    const restart = JSON.stringify(objects('environment.k8s.yaml').at(-1));
    expect(restart).toContain('"deployment/orders"');
    expect(restart).not.toContain('migrate');
  });

  it('gives a secret that others read too with the keys of all', () => {
    const secretOf = objects('migrate/environment.k8s.yaml').find(
      ({ kind }) => kind === 'ExternalSecret',
    );
    const { data } = secretOf?.spec as { readonly data: readonly { secretKey: string }[] };
    expect(data.map(({ secretKey }) => secretKey)).toEqual(['password', 'uri']);
  });

  it('has two kustomizations, neither of which includes the other', () => {
    const of = (folder: string): unknown =>
      parse(files.get(`dev/shop/${folder}kustomization.yaml`) ?? '');
    const common = { namespace: 'shop-dev', sortOptions: { order: 'fifo' } };
    expect(of('migrate/')).toMatchObject({
      ...common,
      resources: ['environment.k8s.yaml', 'application.k8s.yaml'],
    });
    expect(of('')).toMatchObject({
      ...common,
      resources: ['environment.k8s.yaml', 'application.k8s.yaml', 'observability.k8s.yaml'],
    });
  });

  it('marks all that comes first for Argo CD, and nothing else', () => {
    const waves = (file: string) =>
      new Set(objects(file).map(({ metadata }) => metadata.annotations?.[WAVE]));
    for (const file of ['environment.k8s.yaml', 'application.k8s.yaml']) {
      expect(waves(`migrate/${file}`)).toEqual(new Set(['-1']));
      expect(waves(file)).toEqual(new Set([undefined]));
    }
  });

  it('writes the rest as it was without a migration', () => {
    const without = rendering(false);
    const names = [...without.files.keys()].filter((name) => name.startsWith('dev/'));
    expect(names.some((name) => name.includes('migrate'))).toBe(false);
    const same = names.filter((name) => files.get(name) === without.files.get(name));
    expect(same.sort()).toEqual([
      'dev/shop/application.k8s.yaml',
      'dev/shop/kustomization.yaml',
      'dev/shop/observability.k8s.yaml',
    ]);
    const all = [...keys('migrate/environment.k8s.yaml'), ...keys('environment.k8s.yaml')];
    expect(all).toHaveLength(new Set(all).size);
    expect(all).toEqual(expect.arrayContaining([...without.keys('environment.k8s.yaml')]));
  });
});
