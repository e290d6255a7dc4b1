import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { Manifest } from '../../lib';
import { exampleFolder, exampleOf, pageOf, root } from './examples';

const examples = exampleFolder('gateway');
const { path: folder } = examples;

beforeAll(() => {
  examples.write('package.json', '{}');
  examples.write('gateway.ts', exampleOf(pageOf('docs/gateway.md'), 'gateway.ts'));
});
afterAll(examples.remove);

const kindsIn = (environment: string): readonly string[] => {
  const written = path.join(folder, 'dist', environment, 'shop', 'environment.k8s.yaml');
  return parseAllDocuments(fs.readFileSync(written, 'utf8'))
    .map((document) => document.toJS() as Manifest)
    .filter(({ kind }) => /Route|ListenerSet|Ingress/.test(kind))
    .map(({ kind, metadata }) => `${kind}/${metadata.name}`);
};

describe('the page about the way in', () => {
  it('has an example that compiles', () => {
    expect(examples.typeErrors(['gateway.ts'])).toEqual([]);
  });

  it('has an example that makes what its table says', () => {
    const hook = path.join(root, 'node_modules/ts-node/register/transpile-only');
    const ran = spawnSync(process.execPath, ['-r', hook, 'gateway.ts'], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect({ status: ran.status, stderr: ran.stderr }).toEqual({ status: 0, stderr: '' });
    const routes = ['HTTPRoute/orders', 'GRPCRoute/prices', 'HTTPRoute/frontend'];
    expect(kindsIn('staging')).toEqual(routes);
    expect(kindsIn('prod')).toEqual(['ListenerSet/shop', ...routes]);
    expect(kindsIn('onsite')).toEqual(['Ingress/orders', 'Ingress/prices']);
  });
});
