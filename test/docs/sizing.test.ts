import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runtimes, sizeNames, stockCpuLimit, stockLadder, type Application } from '../../lib';
import type { DeploymentSpec } from '../../lib/foundation';
import { optionVariables, resources, runtimeVariables } from '../../lib/sizing';
import { synthesize } from '../../lib/testing';
import { platform } from '../../apps/platform';
import { exampleFolder, exampleOf, pageOf } from './examples';

const page = pageOf('docs/sizing.md');
const examples = exampleFolder('sizing');

beforeAll(() => {
  examples.write('catalogue.ts', exampleOf(page, 'catalogue.ts'));
});
afterAll(examples.remove);

/** The cells of the rows of a table, `runtime` repeated where it stands once. */
function rowsUnder(header: RegExp): readonly (readonly string[])[] {
  const text = page.slice(page.search(header));
  const rows = text.slice(0, text.indexOf('\n\n')).split('\n').slice(2);
  const cells = rows.map((row) => row.split('|').map((cell) => cell.trim().replaceAll('`', '')));
  let runtime = '';
  return cells.map(([, first = '', ...rest]) => {
    runtime = first === '' ? runtime : first;
    return [runtime, ...rest.slice(0, -1)];
  });
}

/** What a variable says, its options one by one. */
const settingsOf = (name: string, value: string): readonly (readonly [string, string])[] =>
  optionVariables.has(name)
    ? value.split(' ').map((option) => option.split('=') as [string, string])
    : [[name, value]];

const computed = runtimes.flatMap((runtime) => {
  const byRung = sizeNames.map((rung) => {
    const sized = resources(stockLadder[rung], stockCpuLimit, { bytes: 2 ** 20 });
    const variables = Object.entries(runtimeVariables(runtime, sized));
    return Object.fromEntries(variables.flatMap(([name, value]) => settingsOf(name, value)));
  });
  const names = Object.keys(byRung[0] ?? {});
  return names.map((name) => [runtime, name, ...byRung.map((settings) => settings[name] ?? '')]);
});

describe('the page about sizing', () => {
  it('shows an application that compiles, and its variables', () => {
    expect(examples.typeErrors(['catalogue.ts'])).toEqual([]);
    const { Catalogue } = examples.load('catalogue.ts') as {
      readonly Catalogue: new (scope: unknown) => Application;
    };
    const synthesis = synthesize((scope) => new Catalogue(scope), platform);
    expect(synthesis.problems).toEqual([]);
    const { template } = synthesis.find({ kind: 'Deployment', name: 'search' })
      .spec as DeploymentSpec;
    const env = template.spec.containers[0]?.env ?? [];
    const lines = env
      .filter(({ name }) => name !== 'HOME')
      .map(({ name, value }) => `${name}=${String(value)}\n`);
    expect(page).toContain(`\`\`\`text\n${lines.join('')}\`\`\``);
  });

  it('says the value of each setting for each rung of the ladder', () => {
    const rows = rowsUnder(/^\| runtime +\| variable +\| XS /m);
    expect([...rows].sort()).toEqual([...computed].sort());
  });

  it('says why there is each setting', () => {
    const rows = rowsUnder(/^\| runtime +\| variable +\| value /m);
    const names = computed.map(([runtime, name]) => `${runtime} ${name}`);
    const explained = rows.map(([runtime, name]) => `${runtime} ${name}`);
    expect(explained.sort()).toEqual([...names, 'node UV_THREADPOOL_SIZE'].sort());
    expect(rows.flat()).not.toContain('');
  });
});
