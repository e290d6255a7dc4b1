import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { COMPILED } from './measure';

/** Compiles the library and the scripts into the scratch folder: what is measured is what is published, and not ts-node. */
export function compile(scratch: string): void {
  const configuration = {
    extends: '../../tsconfig.json',
    compilerOptions: { outDir: COMPILED, rootDir: '../..', noCheck: true, declaration: false },
    include: ['../../lib', '../../bench'],
  };
  const file = join(scratch, 'tsconfig.json');
  writeFileSync(file, JSON.stringify(configuration));
  const compiler = require.resolve('typescript/bin/tsc');
  const run = spawnSync(process.execPath, [compiler, '-p', file], { stdio: ['ignore', 2, 2] });
  if (run.status !== 0) throw new Error('the library does not compile');
}
