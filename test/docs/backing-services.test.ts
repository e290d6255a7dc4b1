import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as ts from 'typescript';

const root = path.resolve(__dirname, '../..');
const page = fs.readFileSync(path.join(root, 'docs/backing-services.md'), 'utf8');
const folder = path.join(root, 'temp', `backing-services-${process.pid}`);
const blocks = [...page.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, text = '']) => text);

const written = (text: string, index: number): string => {
  const file = path.join(folder, `block-${index}.ts`);
  fs.writeFileSync(file, text.replaceAll("'cdk8s-golden-path'", "'../../lib'"));
  return file;
};

describe('docs/backing-services.md', () => {
  beforeAll(() => {
    fs.mkdirSync(folder, { recursive: true });
  });
  afterAll(() => {
    fs.rmSync(folder, { recursive: true });
  });

  it('has examples that compile', () => {
    expect(blocks.length).toBeGreaterThan(0);
    const program = ts.createProgram(blocks.map(written), {
      target: ts.ScriptTarget.ES2022,
      lib: ['lib.es2023.d.ts'],
      module: ts.ModuleKind.Node20,
      strict: true,
      skipLibCheck: true,
      noEmit: true,
      types: ['node'],
    });
    const errors = ts
      .getPreEmitDiagnostics(program)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
    expect(errors).toEqual([]);
  });
});
