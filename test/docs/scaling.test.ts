import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Capacity, Dns, Environment, existing, Platform, type Application } from '../../lib';
import { synthesize, type Synthesis } from '../../lib/testing';
import { exampleFolder, exampleOf, pageOf } from './examples';

const page = pageOf('docs/scaling.md');
const examples = exampleFolder('scaling');

beforeAll(() => {
  examples.write('messages.ts', exampleOf(page, 'messages.ts'));
});
afterAll(examples.remove);

/** The example in environments of the three capacities that the table has. */
function synthesizeExample(): Synthesis {
  const { Messages } = examples.load('messages.ts') as {
    readonly Messages: new (scope: Platform) => Application;
  };
  const facts = {
    network: { dns: Dns.kubeDns() },
    capabilities: ['keda'],
    providers: {
      default: existing({
        engine: 'a broker',
        to: [{ namespace: 'brokers' }],
        ports: [5672],
        tls: 'none',
      }),
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
    expect(examples.typeErrors(['messages.ts'])).toEqual([]);
  });

  it('says which bounds the capacities make of it', () => {
    const { problems, model } = synthesizeExample();
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
