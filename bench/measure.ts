import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import type { Case } from './cases';
import type { ChildReport } from './child';

/** One measurement. */
export interface Sample extends ChildReport {
  /** From the start of the process to its end, without what is outside the work. */
  readonly process: number;
}

/** All measurements of one case. */
export interface Result extends Pick<Case, 'family' | 'services'> {
  readonly samples: readonly Sample[];
}

/** Where the compiled scripts stand in the scratch folder. */
export const COMPILED = 'compiled';

/** Runs a compiled script of `children/` with plain Node, and returns what it says. */
export function runScript(scratch: string, script: string, given: readonly string[]): string {
  const file = join(scratch, COMPILED, 'bench', 'children', `${script}.js`);
  const environment = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('CDK8S_') && name !== 'NODE_OPTIONS',
  );
  const run = spawnSync(process.execPath, [file, ...given], {
    env: Object.fromEntries(environment),
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  });
  if (run.status === 0) return run.stdout;
  throw new Error(
    `${script} ${given.join(' ')} ended with ${run.status ?? run.signal ?? 'nothing'}`,
  );
}

/**
 * Measures one case once, and looks at what it wrote. The output stays until the end of the run: ext4 searches past every inode that was
 * deleted in the last five minutes, which makes writing ten thousand files after deleting ten thousand ten times slower.
 */
export function measure(
  scratch: string,
  outputs: string,
  { script, arguments: given }: Case,
  inspect: (folder: string) => void,
): Sample {
  const folder = mkdtempSync(join(outputs, 'output-'));
  const values = given(folder);
  const start = performance.now();
  const report = JSON.parse(runScript(scratch, script, values)) as ChildReport;
  const wall = performance.now() - start;
  inspect(folder);
  return { ...report, process: report.elsewhere ?? wall - report.outside };
}

/** The middle of the values, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low = 0, high = 0] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return (low + high) / 2;
}
