import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  Application,
  Capacity,
  Dns,
  Environment,
  Platform,
  Worker,
  type EnvironmentProps,
  type Rendering,
} from '../../lib';
import { exampleFolder, exampleOf, pageOf } from './examples';

const examples = exampleFolder('network');
const NAMES = ['billing.ts', 'warehouse.ts', 'store.ts', 'identity.ts'];

beforeAll(() => {
  const pages = pageOf('docs/network.md') + pageOf('docs/identity.md');
  for (const name of NAMES) examples.write(name, exampleOf(pages, name));
});
afterAll(examples.remove);

describe('the pages on network and identity', () => {
  it('have TypeScript that compiles', () => {
    expect(examples.typeErrors(NAMES)).toEqual([]);
  });

  it('synthesize as they say, in the pack strict', () => {
    const facts: EnvironmentProps = {
      capacity: Capacity.asDeclared(),
      network: { dns: Dns.kubeDns(), names: 'cilium' },
      capabilities: ['reloader'],
    };
    const platform = new Platform({
      environments: [new Environment('prod', facts)],
      guardrails: { pack: 'strict', without: { 'image-digest-pinned': 'the examples have tags' } },
    });
    for (const [file, name] of [
      ['billing.ts', 'Billing'],
      ['warehouse.ts', 'Warehouse'],
      ['store.ts', 'Store'],
    ] as const) {
      type Made = Readonly<Record<typeof name, new (scope: Platform) => Application>>;
      const made = (examples.load(file) as Made)[name];
      new made(platform);
    }
    const { problems, files } = platform.render();
    expect(problems).toEqual([]);
    const store = files.get('prod/store/environment.k8s.yaml') ?? '';
    expect(store).toContain('STOCK_URL: http://stock.warehouse-prod.svc\n');
    expect(store).toContain('name: refill-allow-imports\n');
    const warehouse = files.get('prod/warehouse/environment.k8s.yaml') ?? '';
    expect(warehouse).toContain('name: stock-allow-importers\n');
    expect(files.get('prod/billing/environment.k8s.yaml')).toContain('matchName: api.stripe.com');
  });

  it('give identities to those alone that they name', () => {
    const { platform: make } = examples.load('identity.ts') as {
      readonly platform: () => Platform;
    };
    const platform = make();
    const app = new Application(platform, 'shop', { owner: 'team-a' });
    new Worker(app, 'invoices', { image: 'example/invoices:1' });
    new Worker(app, 'mailer', { image: 'example/mailer:1' });
    const rendering: Rendering = platform.render();
    const isError = ({ severity }: { severity: string }): boolean => severity === 'error';
    // The page leaves out what it is not about: who scrapes.
    expect(rendering.problems.filter(isError)).toEqual([]);
    const identities = rendering.models[0]?.environments.map((each) =>
      Object.keys(each.identities),
    );
    expect(identities).toEqual([[], ['invoices'], ['invoices']]);
  });
});
