import { describe, expect, it } from '@jest/globals';
import { parseAllDocuments } from 'yaml';
import {
  Application,
  call,
  external,
  Platform,
  Postgres,
  published,
  ScheduledJob,
  WebService,
  type AnyEnvironment,
  type PlatformProps,
} from '../../lib';
import { testPlatform } from '../../lib/testing';
import { repository } from '../../apps/repository';

interface Entity {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly title?: string;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly links?: readonly { readonly url: string; readonly title: string }[];
  };
  readonly spec: Readonly<Record<string, unknown>>;
}

const entitiesIn = (files: ReadonlyMap<string, string>): readonly Entity[] =>
  [...files]
    .filter(([name]) => name.startsWith('catalog/'))
    .flatMap(([, text]) => parseAllDocuments(text).map((each) => each.toJS() as Entity));

const contract = published({ application: 'warehouse', service: 'stock', port: 8080 });
const good = { image: 'x/y:1', port: 8080, health: '/ready' } as const;

/** Two applications, of which one calls what the other publishes. */
function twoApplications(props: Partial<PlatformProps<readonly AnyEnvironment[]>>): Platform {
  const { environments } = testPlatform();
  const platform = new Platform({ environments, ...props });
  const shop = new Application(platform, 'shop', { owner: 'team-a' });
  const db = new Postgres(shop, 'db', { version: 16 });
  const cart = new WebService(shop, 'cart', good);
  new WebService(shop, 'orders', {
    ...good,
    uses: [db, cart, external('api.stripe.com'), call(contract, { timeout: '2s' })],
    migrate: { command: ['migrate'] },
  });
  const presence = { stages: ['prod'], reason: 'a test' } as const;
  new ScheduledJob(shop, 'sweep', { image: 'x/y:1', schedule: '0 3 * * *', presence });
  const warehouse = new Application(platform, 'warehouse', { owner: 'team-b' });
  new WebService(warehouse, 'stock', { ...good, publish: { contract, to: ['shop'] } });
  return platform;
}

/** @see https://backstage.io/docs/features/software-catalog/descriptor-format#name-required */
const NAME = /^[a-zA-Z0-9]+([-_.][a-zA-Z0-9]+)*$/;
/** What each kind must say. @see https://backstage.io/docs/features/software-catalog/descriptor-format#contents */
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  System: ['owner'],
  Component: ['type', 'lifecycle', 'owner'],
  API: ['type', 'lifecycle', 'owner', 'definition'],
  Resource: ['type', 'owner'],
};
const RELATIONS = ['dependsOn', 'providesApis', 'consumesApis'];
const referenceOf = ({ kind, metadata }: Entity): string =>
  `${kind.toLowerCase()}:${metadata.name}`;

describe('the catalog', () => {
  it('is not there unless the platform wants it', () => {
    const { files } = twoApplications({}).render();
    expect(entitiesIn(files)).toEqual([]);
  });

  it('knows the parts of an application, what they depend on, and what they offer', () => {
    const { files, problems } = twoApplications({ catalog: true }).render();
    expect(problems).toEqual([]);
    const told = entitiesIn(files).map((each) => [referenceOf(each), each.spec]);
    const common = { lifecycle: 'production', owner: 'group:team-a', system: 'shop' };
    expect(Object.fromEntries(told)).toEqual({
      'system:shop': { owner: 'group:team-a' },
      'component:shop.cart': { type: 'service', ...common },
      'component:shop.orders': {
        type: 'service',
        ...common,
        dependsOn: ['component:shop.cart', 'resource:shop.api.stripe.com', 'resource:shop.db'],
        consumesApis: ['api:warehouse.stock'],
      },
      'component:shop.sweep': { type: 'scheduled-job', ...common },
      'resource:shop.db': { type: 'postgres', owner: 'group:team-a', system: 'shop' },
      'resource:shop.api.stripe.com': {
        type: 'external-host',
        owner: 'group:team-a',
        system: 'shop',
      },
      'system:warehouse': { owner: 'group:team-b' },
      'component:warehouse.stock': {
        ...common,
        type: 'service',
        owner: 'group:team-b',
        system: 'warehouse',
        providesApis: ['api:warehouse.stock'],
      },
      'api:warehouse.stock': {
        ...common,
        type: 'http',
        owner: 'group:team-b',
        system: 'warehouse',
        definition: 'http, port 8080 of the Service stock in the namespace of warehouse',
      },
    });
  });

  it('has the words of the platform for owners and lifecycles', () => {
    const catalog = { owner: 'group:default/{owner}', lifecycle: 'experimental' };
    const [system, component] = entitiesIn(twoApplications({ catalog }).render().files);
    expect(system?.spec.owner).toBe('group:default/team-a');
    expect(component?.spec.lifecycle).toBe('experimental');
  });

  it('leads to runbooks and to the dashboards of environments where a workload is', () => {
    const links = {
      runbook: 'https://r.example/{application}/{service}#{alert}',
      dashboard: 'https://g.example/d/{dashboard}?env={environment}',
    };
    const { files } = twoApplications({ catalog: true, defaults: { links } }).render();
    const urls = new Map(
      entitiesIn(files).map((each) => [
        referenceOf(each),
        each.metadata.links?.map(({ url }) => url) ?? [],
      ]),
    );
    expect(urls.get('component:shop.sweep')).toEqual([
      'https://r.example/shop/sweep',
      'https://g.example/d/shop_sweep?env=prod',
    ]);
    expect(urls.get('system:shop')).toEqual([
      'https://g.example/d/shop?env=dev',
      'https://g.example/d/shop?env=staging',
      'https://g.example/d/shop?env=prod',
    ]);
  });

  it('has one dashboard where its address names no environment, and no runbook that all alerts share', () => {
    const links = {
      runbook: 'https://r.example/{alert}',
      dashboard: 'https://g.example/{service}',
    };
    const { files } = twoApplications({ catalog: true, defaults: { links } }).render();
    const [system, cart] = entitiesIn(files);
    expect(system?.metadata.links).toBeUndefined();
    expect(cart?.metadata.links).toEqual([
      { url: 'https://g.example/cart', title: 'Dashboard', icon: 'dashboard', type: 'dashboard' },
    ]);
  });

  describe('of the examples', () => {
    const { files } = repository().render();
    const entities = entitiesIn(files);

    it('keeps the rules of Backstage', () => {
      expect(entities.length).toBeGreaterThan(15);
      for (const { apiVersion, kind, metadata, spec } of entities) {
        expect(apiVersion).toBe('backstage.io/v1alpha1');
        expect(metadata.name).toMatch(NAME);
        expect(metadata.name.length).toBeLessThanOrEqual(63);
        expect(Object.keys(spec)).toEqual(
          expect.arrayContaining([...(REQUIRED[kind] ?? ['none'])]),
        );
        for (const { url, title } of metadata.links ?? []) {
          expect(url).toMatch(/^https:\/\/[^{}]+$/);
          expect(title).not.toBe('');
        }
      }
    });

    it('names each entity once, and refers to what there is', () => {
      const known = entities.map(referenceOf);
      expect(new Set(known).size).toBe(known.length);
      const used = entities.flatMap(({ spec }) => RELATIONS.flatMap((each) => spec[each] ?? []));
      expect(used.length).toBeGreaterThan(15);
      expect(used.filter((each) => !known.includes(each as string))).toEqual([]);
    });

    it('says where the team talks, and who is told next', () => {
      const systems = entities.filter(({ kind }) => kind === 'System');
      expect(systems.map(({ metadata }) => metadata.annotations)).toEqual([
        {
          'golden-path/channel': '#boutique',
          'golden-path/escalation': 'after 15 min the lead of the boutique',
        },
        { 'golden-path/channel': '#billing' },
      ]);
    });
  });
});
