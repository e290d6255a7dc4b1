import * as fs from 'node:fs';
import * as path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as ts from 'typescript';
import { Capacity, Dns, Environment, existing, Platform, type Application } from '../../lib';
import { synthesize, type Synthesis } from '../../lib/testing';

const root = path.resolve(__dirname, '../..');
const page = fs.readFileSync(path.join(root, 'docs/scaling.md'), 'utf8');
const folder = path.join(root, 'temp', `scaling-${process.pid}`);
const file = path.join(folder, 'messages.ts');

beforeAll(() => {
  const block = /^```typescript\n\/\/ messages\.ts\n([\s\S]*?)^```$/m.exec(page)?.[1] ?? '';
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(file, block.replaceAll("'cdk8s-golden-path'", "'../../lib'"));
});
afterAll(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

/** The example in environments of the three capacities that the table has. */
async function synthesizeExample(): Promise<Synthesis> {
  const { Messages } = (await import(file)) as {
    readonly Messages: new (scope: Platform) => Application;
  };
  const facts = {
    network: { dns: Dns.kubeDns() },
    capabilities: ['keda'],
    providers: {
      default: existing({ engine: 'a broker', to: [{}], ports: [5672], tls: 'none' }),
    },
  } as const;
  const environments = [
    new Environment('single', { ...facts, capacity: Capacity.single() }),
    new Environment('at-most', { ...facts, capacity: Capacity.atMost(3) }),
    new Environment('as-declared', { ...facts, capacity: Capacity.asDeclared() }),
  ];
  return synthesize(
    (platform) => new Messages(platform),
    () => new Platform({ environments }),
  );
}

describe('the page about scaling', () => {
  it('shows an application that compiles', () => {
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
  }, 60_000);

  it('says which bounds the capacities make of it', async () => {
    const { problems, model } = await synthesizeExample();
    expect(problems).toEqual([]);
    const rows = model.workloads.map(({ name, scale }) => {
      const bounds = model.environments.map(({ replicas }) => replicas[name]);
      const texts = bounds.map((each) =>
        each?.min === each?.max
          ? String(each?.min)
          : `${String(each?.min)} to ${String(each?.max)}`,
      );
      return [`\`{ min: ${String(scale?.min)}, max: ${String(scale?.max)} }\``, ...texts];
    });
    const table = [...page.matchAll(/^\| (`\{.*?) +\| (.*?) +\| (.*?) +\| (.*?) +\|$/gm)];
    expect(table.map(([, ...cells]) => cells)).toEqual(rows);
  });
});
