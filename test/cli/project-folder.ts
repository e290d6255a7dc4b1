import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { jest } from '@jest/globals';
import { main } from '../../lib/cli/main';

export const root = path.resolve(__dirname, '../..');
export const hook = path.join(root, 'node_modules/ts-node/register/transpile-only');
const bin = path.join(root, 'lib/cli/bin.ts');

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder of its own in which the command line runs. */
export class ProjectFolder {
  public readonly path = fs.mkdtempSync(path.join(os.tmpdir(), 'golden-path-'));

  public constructor() {
    this.write('package.json', '{}');
    fs.symlinkSync(path.join(root, 'node_modules'), path.join(this.path, 'node_modules'));
  }

  public remove(): void {
    fs.rmSync(this.path, { recursive: true, force: true });
  }

  public write(file: string, text: string | Uint8Array): void {
    const full = path.join(this.path, file);
    fs.mkdirSync(path.dirname(full), { recursive: true });
    fs.writeFileSync(full, text);
  }

  public read(file: string): string {
    return fs.readFileSync(path.join(this.path, file), 'utf8');
  }

  /**
   * Runs `golden-path` in this process, which takes a tenth of the time of one of its own.
   * What reads the standard input wants `run`: that of a worker of jest never ends.
   */
  public async call(args: readonly string[], below = ''): Promise<Ran> {
    const written = { stdout: '', stderr: '' };
    const before = process.cwd();
    const spies = (['stdout', 'stderr'] as const).map((stream) =>
      jest.spyOn(process[stream], 'write').mockImplementation((text) => {
        written[stream] += String(text);
        return true;
      }),
    );
    process.chdir(path.join(this.path, below));
    process.env.TS_NODE_PROJECT = path.join(root, 'tsconfig.json');
    try {
      return { status: await main(args), ...written };
    } finally {
      process.chdir(before);
      for (const spy of spies) spy.mockRestore();
    }
  }

  /** Runs `golden-path` in a process of its own. */
  public run(args: readonly string[], input = '', timeout = 0): Ran {
    return this.node(['-r', hook, bin, ...args], input, timeout);
  }

  /** Runs Node here. */
  public node(args: readonly string[], input = '', timeout = 0): Ran {
    return spawnSync(process.execPath, args, {
      timeout,
      cwd: this.path,
      encoding: 'utf8',
      input,
      env: { PATH: process.env.PATH, TS_NODE_PROJECT: path.join(root, 'tsconfig.json') },
    });
  }
}
