import { describe, expect, it } from '@jest/globals';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { blocksOf, pageOf } from './examples';

describe('docs/incident.md', () => {
  it('shows the page that the test of the command expects, byte by byte', () => {
    const [shown] = blocksOf(pageOf('docs/incident.md')).filter(
      ({ language }) => language === 'text',
    );
    const test = fs.readFileSync(path.join(__dirname, '../cli/incident.test.ts'), 'utf8');
    const expected = /toBe\(`(orders of shop[^`]*)`\)/.exec(test)?.[1]?.replaceAll('\\\\', '\\');
    expect(shown?.text.trim()).toBe(expected?.replace('NOW', '2026-11-20T03:04:05Z').trim());
  });
});
