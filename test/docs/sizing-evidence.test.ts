import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Application } from '../../lib';
import { main } from '../../lib/cli/main';
import { tierRules, tiers } from '../../lib/sizing';
import { synthesize } from '../../lib/testing';
import { exampleFolder, exampleOf, pageOf } from './examples';

const page = pageOf('docs/sizing.md');
const examples = exampleFolder('sizing-evidence');

beforeAll(() => {
  examples.write('orders.ts', exampleOf(page, 'orders.ts'));
  const [, empty = ''] = /nothing yet, `([^`]+)`/.exec(page) ?? [];
  examples.write('sizing.lock.json', empty);
});
afterAll(examples.remove);

describe('the page about sizing', () => {
  it('shows a measured size, which compiles and begins with an empty lock', () => {
    expect(examples.typeErrors(['orders.ts'])).toEqual([]);
    const { Orders } = examples.load('orders.ts') as {
      readonly Orders: new (scope: unknown) => Application;
    };
    const { problems, model } = synthesize((scope) => new Orders(scope));
    expect(problems).toEqual([]);
    expect(model.workloads[0]?.containers[0]?.measured?.tier).toBe('critical');
  });

  it.each(tiers)('has the rule of the tier %s', (tier) => {
    const [row = ''] = new RegExp(`^\\| \`${tier}\`.*$`, 'm').exec(page) ?? [];
    const { cpu, memory } = tierRules[tier];
    expect(row).toContain(`P${Math.round(cpu.quantile * 100)}`);
    expect(row.includes('a day ago counting half')).toBe(cpu.halfLifeHours === 24);
    const margin = Math.round((memory.margin - 1) * 100);
    expect(row).toContain(margin === 50 ? 'half of it on top' : `${margin} % on top`);
  });

  it('names options that the command has', async () => {
    const written: string[] = [];
    const spy = jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
      written.push(String(text));
      return true;
    });
    try {
      await main(['rightsize', '--help']);
    } finally {
      spy.mockRestore();
    }
    const section = page.slice(0, page.indexOf('## Runtime settings'));
    const named = new Set(section.match(/--[a-z][a-z-]+/g));
    expect(named.size).toBeGreaterThan(12);
    const help = written.join('');
    expect([...named].filter((option) => !help.includes(option))).toEqual([]);
  });
});
