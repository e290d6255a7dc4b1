import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as ts from 'typescript';
import { parseAllDocuments } from 'yaml';
import type { Manifest } from '../../lib';

const root = path.resolve(__dirname, '../..');
const page = fs.readFileSync(path.join(root, 'docs/gateway.md'), 'utf8');
const folder = path.join(root, 'temp', `gateway-${process.pid}`);
const file = path.join(folder, 'gateway.ts');

beforeAll(() => {
  const [, text = ''] = /^```ts\n(\/\/ gateway\.ts\n[\s\S]*?)^```$/m.exec(page) ?? [];
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, 'package.json'), '{}');
  fs.writeFileSync(file, text.replace("'cdk8s-golden-path'", "'../../lib'"));
});
afterAll(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

const kindsIn = (environment: string): readonly string[] => {
  const written = path.join(folder, 'dist', environment, 'shop', 'environment.k8s.yaml');
  return parseAllDocuments(fs.readFileSync(written, 'utf8'))
    .map((document) => document.toJS() as Manifest)
    .filter(({ kind }) => /Route|ListenerSet|Ingress/.test(kind))
    .map(({ kind, metadata }) => `${kind}/${metadata.name}`);
};

describe('the page about the way in', () => {
  it('has an example that compiles', () => {
    const program = ts.createProgram([file], {
      ...{ target: ts.ScriptTarget.ES2022, lib: ['lib.es2023.d.ts'], types: ['node'] },
      ...{ module: ts.ModuleKind.Node20, strict: true, skipLibCheck: true, noEmit: true },
    });
    const errors = ts
      .getPreEmitDiagnostics(program)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
    expect(errors).toEqual([]);
  });

  it('has an example that makes what its table says', () => {
    const hook = path.join(root, 'node_modules/ts-node/register/transpile-only');
    const ran = spawnSync(process.execPath, ['-r', hook, file], { cwd: folder, encoding: 'utf8' });
    expect({ status: ran.status, stderr: ran.stderr }).toEqual({ status: 0, stderr: '' });
    const routes = ['HTTPRoute/orders', 'GRPCRoute/prices', 'HTTPRoute/frontend'];
    expect(kindsIn('staging')).toEqual(routes);
    expect(kindsIn('prod')).toEqual(['ListenerSet/shop', ...routes]);
    expect(kindsIn('onsite')).toEqual(['Ingress/orders', 'Ingress/prices']);
  });
});
