import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { spawnSync } from 'node:child_process';
import { afterAll, describe, expect, it } from '@jest/globals';
import { inspect } from 'node:util';
import { captureSource, ProblemsFound, renderProblem, type Problem } from '../../lib/foundation';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'golden-path-'));
afterAll(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

describe('a source', () => {
  it('is the line of TypeScript that called, relative to its package', () => {
    const { file, line } = captureSource().resolve() ?? {};
    expect(file).toBe('test/foundation/source.test.ts');
    const text = fs.readFileSync(__filename, 'utf8').split('\n')[(line ?? 0) - 1];
    expect(text).toContain('captureSource().resolve()');
  });

  it('is found through the source map of compiled code', () => {
    const lib = path.resolve(__dirname, '../../lib/foundation/source.ts');
    const hook = path.resolve(__dirname, '../../node_modules/ts-node/register/transpile-only');
    fs.writeFileSync(path.join(folder, 'package.json'), '{}');
    fs.mkdirSync(path.join(folder, 'out'));
    fs.writeFileSync(
      path.join(folder, 'out/main.js'),
      `"use strict";\nconst { captureSource } = require(${JSON.stringify(lib)});\nconsole.log(JSON.stringify(captureSource().resolve()));\n//# sourceMappingURL=main.js.map\n`,
    );
    // Line 3 of the output is line 7 of the source: four mappings of one segment each.
    const map = { version: 3, sources: ['../main.ts'], names: [], mappings: ';AAAA;AAMA' };
    fs.writeFileSync(path.join(folder, 'out/main.js.map'), JSON.stringify(map));
    const ran = spawnSync(process.execPath, ['-r', hook, 'out/main.js'], {
      cwd: folder,
      encoding: 'utf8',
      env: {
        PATH: process.env.PATH,
        TS_NODE_PROJECT: path.resolve(__dirname, '../../tsconfig.json'),
      },
    });
    expect(JSON.parse(ran.stdout)).toEqual({ file: 'main.ts', line: 7 });
  });
});

describe('the error of a synthesis', () => {
  const problem: Problem = {
    code: 'ScaleInverted',
    severity: 'error',
    at: 'shop/orders',
    found: 'scale.min is 5, above scale.max 3',
    fix: 'Set scale.max to 5 or more',
    source: { file: 'apps/shop.ts', line: 14 },
  };

  it('is one line for each problem', () => {
    expect(renderProblem(problem)).toBe(
      'ScaleInverted at shop/orders (apps/shop.ts:14): scale.min is 5, above scale.max 3. Set scale.max to 5 or more.',
    );
  });

  it('holds its problems as data, and prints them once', () => {
    const error = new ProblemsFound([problem, problem]);
    expect(error.problems).toEqual([problem, problem]);
    expect(inspect(error)).toBe(error.message);
    expect(error.message.match(/ScaleInverted/g)).toHaveLength(2);
    expect(error.message).toMatch(/^2 problems\n/);
  });
});
