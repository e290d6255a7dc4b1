import * as fs from 'node:fs';
import * as path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import * as ts from 'typescript';
import { Platform, type Environment } from '../../lib';

const root = path.resolve(__dirname, '../..');
const page = fs.readFileSync(path.join(root, 'docs/backing-services.md'), 'utf8');
const folder = path.join(root, 'temp', `clouds-${process.pid}`);
const examples = ['prod on Google Cloud', 'prod on Azure'] as const;

/** The code of the block that begins with a comment. */
function example(name: string): string {
  const block = [...page.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].find(([, text = '']) =>
    text.startsWith(`// ${name}\n`),
  );
  return (block?.[1] ?? '').replaceAll("'cdk8s-golden-path'", "'../../lib'");
}

beforeAll(() => {
  fs.mkdirSync(folder, { recursive: true });
  examples.forEach((name, index) => {
    fs.writeFileSync(path.join(folder, `example-${index}.ts`), example(name));
  });
});
afterAll(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

describe('the page on backing services', () => {
  it('has examples of gcp() and azure() that compile', () => {
    const program = ts.createProgram(
      examples.map((_, index) => path.join(folder, `example-${index}.ts`)),
      {
        ...{ target: ts.ScriptTarget.ES2022, lib: ['lib.es2023.d.ts'] },
        ...{ module: ts.ModuleKind.Node20, strict: true, skipLibCheck: true, noEmit: true },
        types: ['node'],
      },
    );
    const found = ts
      .getPreEmitDiagnostics(program)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
    expect(found).toEqual([]);
  });

  it.each(examples)('has an environment %s that a platform takes', (name) => {
    const file = path.join(folder, `example-${examples.indexOf(name)}.ts`);
    // Compiled by jest as everything else is.
    const { prod } = jest.requireActual<{ readonly prod: Environment }>(file);
    expect(new Platform({ environments: [prod] }).render().problems).toEqual([]);
  });
});
