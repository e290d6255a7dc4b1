import * as fs from 'node:fs';
import * as path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AlertRouting, type Application, type Platform, type Rendering } from '../../lib';
import { exampleFolder, exampleOf, pageOf } from './examples';

const examples = exampleFolder('on-call');
const files = ['on-call.ts', 'platform.ts', 'platform-repository.ts', 'shop.ts'];

beforeAll(() => {
  for (const file of files) {
    const page = pageOf(file === 'shop.ts' ? 'docs/runbooks.md' : 'docs/on-call.md');
    examples.write(file, exampleOf(page, file));
  }
  fs.mkdirSync(path.join(examples.path, 'runbooks'));
  examples.write('runbooks/orders.md', '# The bank\n\nIt is closed at night.\n');
});
afterAll(examples.remove);

function rendering(): Rendering {
  const { platform } = examples.load('platform.ts') as { readonly platform: () => Platform };
  const { Shop } = examples.load('shop.ts') as {
    readonly Shop: new (scope: Platform) => Application;
  };
  const app = platform();
  new Shop(app);
  new AlertRouting(app, { namespace: 'monitoring' });
  return app.render();
}

describe('docs/on-call.md and docs/runbooks.md', () => {
  it('show code that compiles', () => {
    expect(examples.typeErrors(files)).toEqual([]);
  });

  it('say who is told, in the Alertmanager, in the runbook and in the catalog', () => {
    const { problems, files: written, manifests } = rendering();
    expect(problems).toEqual([]);
    const kinds = [...manifests].flatMap(([file, objects]) =>
      objects.map(({ kind }) => `${file} ${kind}`),
    );
    expect(kinds).toContain('prod/cluster/on-call.k8s.yaml AlertmanagerConfig');
    const runbook = written.get('runbooks/shop/orders.md') ?? '';
    expect(runbook).toContain('It is closed at night.');
    expect(runbook).toContain('call its desk, whose number is in the safe');
    const catalog = written.get('catalog/shop/catalog-info.yaml') ?? '';
    expect(catalog).toContain('after 15 min the lead of checkout');
  });
});
