import * as fs from 'node:fs';
import * as path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as ts from 'typescript';
import { Application, Platform, Worker, type Environment } from '../../lib';
import { addBackingServices } from '../kustomize/backing-services';

const root = path.resolve(__dirname, '../..');
const page = fs.readFileSync(path.join(root, 'docs/backing-services.md'), 'utf8');
const folder = path.join(root, 'temp', `backing-services-aws-${process.pid}`);
const file = path.join(folder, 'prod.ts');

describe('the page of backing services', () => {
  beforeAll(() => {
    fs.mkdirSync(folder, { recursive: true });
    const text = /^```ts\n(\/\/ prod on AWS\n[\s\S]*?)^```$/m.exec(page)?.[1] ?? '';
    fs.writeFileSync(file, text.replaceAll("'cdk8s-golden-path'", "'../../lib'"));
  });

  afterAll(() => {
    fs.rmSync(folder, { recursive: true });
  });

  it('shows an environment of aws() that compiles and synthesizes', async () => {
    const program = ts.createProgram([file], {
      target: ts.ScriptTarget.ES2022,
      lib: ['lib.es2023.d.ts'],
      module: ts.ModuleKind.Node20,
      strict: true,
      skipLibCheck: true,
      noEmit: true,
      types: ['node'],
    });
    const errors = ts.getPreEmitDiagnostics(program).map(({ messageText }) => messageText);
    expect(errors).toEqual([]);
    const { prod } = (await import(file)) as { readonly prod: Environment };
    const platform = new Platform({ environments: [prod] });
    const app = new Application(platform, 'shop', { owner: 'team-a' });
    new Worker(app, 'mailer', { image: 'x:1', uses: addBackingServices(app) });
    expect(platform.render().problems).toEqual([]);
  });
});
