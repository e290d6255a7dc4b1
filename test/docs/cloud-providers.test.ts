import * as fs from 'node:fs';
import * as path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Platform, type Environment } from '../../lib';

const root = path.resolve(__dirname, '../..');
const page = fs.readFileSync(path.join(root, 'docs/backing-services.md'), 'utf8');
const folder = path.join(root, 'temp', `clouds-${process.pid}`);

/** The code of the block that begins with a comment. */
function example(name: string): string {
  const block = [...page.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].find(([, text = '']) =>
    text.startsWith(`// ${name}\n`),
  );
  return (block?.[1] ?? '').replaceAll("'cdk8s-golden-path'", "'../../lib'");
}

beforeAll(() => {
  fs.mkdirSync(folder, { recursive: true });
});
afterAll(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

describe('the page on backing services', () => {
  it.each(['prod on Google Cloud', 'prod on Azure'])('has %s, which a platform takes', (name) => {
    const file = path.join(folder, `${name.replaceAll(' ', '-')}.ts`);
    fs.writeFileSync(file, example(name));
    const { prod } = jest.requireActual<{ readonly prod: Environment }>(file);
    expect(new Platform({ environments: [prod] }).render().problems).toEqual([]);
  });
});
