import { execFileSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { sizeNames, stockCpuLimit, stockLadder } from '../../lib';
import { resources, runtimeVariables } from '../../lib/sizing';

const PROGRAM = `console.log(require('node:v8').getHeapStatistics().heap_size_limit / 2 ** 20)`;

/** The largest heap of a Node that has only these variables, in MiB. */
const largestHeap = (env: Readonly<Record<string, string>>): number =>
  Number(execFileSync(process.execPath, ['-e', PROGRAM], { env, encoding: 'utf8' }));

describe('Node', () => {
  it.each(sizeNames)('takes its settings for %s', (rung) => {
    const sized = resources(stockLadder[rung], stockCpuLimit, { bytes: 2 ** 20 });
    const variables = runtimeVariables('node', sized);
    const old = Number((variables.NODE_OPTIONS ?? '').split('=')[1]);
    // Beside the old space there is the young one.
    expect(largestHeap(variables) - old).toBeGreaterThanOrEqual(0);
    expect(largestHeap(variables) - old).toBeLessThan(128);
  });

  it('lets the last of two contradicting options hold, so that a team has the last word', () => {
    const ours = largestHeap({ NODE_OPTIONS: '--max-old-space-size=512' });
    const theirs = '--max-old-space-size=256 --enable-source-maps --max-old-space-size=512';
    expect(largestHeap({ NODE_OPTIONS: theirs })).toBe(ours);
  });
});
