import * as fs from 'node:fs';
import * as path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as ts from 'typescript';
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

const root = path.resolve(__dirname, '../..');
const folder = path.join(root, 'temp', `network-${process.pid}`);
const NAMES = ['billing.ts', 'warehouse.ts', 'store.ts', 'identity.ts'];

beforeAll(() => {
  fs.mkdirSync(folder, { recursive: true });
  const pages = ['network.md', 'identity.md'].map((page) =>
    fs.readFileSync(path.join(root, 'docs', page), 'utf8'),
  );
  for (const [, text = '', name = ''] of pages
    .join('\n')
    .matchAll(/^```ts\n(\/\/ (\S+)\n[^]*?)^```$/gm)) {
    fs.writeFileSync(path.join(folder, name), text.replace("'cdk8s-golden-path'", "'../../lib'"));
  }
});
afterAll(() => {
  fs.rmSync(folder, { recursive: true });
});

const example = (name: string): Record<string, unknown> =>
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- written when the test runs
  require(path.join(folder, name)) as Record<string, unknown>;

describe('the pages on network and identity', () => {
  it('have TypeScript that compiles', () => {
    const program = ts.createProgram(
      NAMES.map((name) => path.join(folder, name)),
      {
        target: ts.ScriptTarget.ES2022,
        lib: ['lib.es2023.d.ts'],
        module: ts.ModuleKind.Node20,
        strict: true,
        skipLibCheck: true,
        noEmit: true,
        types: ['node'],
      },
    );
    const texts = ts.getPreEmitDiagnostics(program).map(({ messageText }) => messageText);
    expect(texts).toEqual([]);
  }, 60_000);

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
      const made = example(file)[name] as new (scope: Platform) => Application;
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
    const make = example('identity.ts').platform as () => Platform;
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
