import * as fs from 'node:fs';
import { createRequire } from 'node:module';
import * as path from 'node:path';
import { parse } from 'yaml';
import { UsageError } from './exit-code';

/** What a command needs to know of the project in which it runs. */
export interface Project {
  readonly folder: string;
  /** The command that runs the app. */
  readonly app: string;
  readonly output: string;
}

/** Reads cdk8s.yaml, the configuration that `cdk8s synth` reads too. */
export function readProject(
  folder: string,
  given: { readonly app?: string; readonly output?: string },
): Project {
  const file = path.join(folder, 'cdk8s.yaml');
  const config = fs.existsSync(file) ? readConfig(file) : {};
  const app = given.app ?? config.app;
  if (typeof app !== 'string' || app === '') {
    throw new UsageError(
      'there is no app to run. Add `app: node main.js` to cdk8s.yaml, or give --app.',
    );
  }
  return { folder, app, output: outputIn(folder, config, given.output) };
}

/** The output folder of a project, for commands that run no app. */
export function readOutput(folder: string, given: string | undefined): string {
  const file = path.join(folder, 'cdk8s.yaml');
  return outputIn(folder, fs.existsSync(file) ? readConfig(file) : {}, given);
}

function outputIn(
  folder: string,
  config: Readonly<Record<string, unknown>>,
  given: string | undefined,
): string {
  const named = typeof config.output === 'string' ? config.output : 'dist';
  return path.resolve(folder, given ?? named);
}

/** The output is replaced as a whole, so it must be one of ours: a folder with models in it, or nothing. */
export function checkOutput({ folder, output }: Project): void {
  const isAbove = !path.relative(output, folder).startsWith('..');
  if (isAbove) {
    throw new UsageError(
      `the output folder ${output} holds the project itself. Give one inside it.`,
    );
  }
  if (!fs.existsSync(output)) return;
  const isFolder = fs.statSync(output).isDirectory();
  const [found] = isFolder ? fs.readdirSync(output) : [path.basename(output)];
  if (found === undefined || fs.existsSync(path.join(output, 'model'))) return;
  const what = isFolder ? `holds ${found}, which no synthesis wrote` : 'is a file';
  throw new UsageError(`the output ${output} ${what}. Give another folder, or delete it yourself.`);
}

function readConfig(file: string): { readonly app?: unknown; readonly output?: unknown } {
  try {
    const config: unknown = parse(fs.readFileSync(file, 'utf8'));
    return typeof config === 'object' && config !== null ? config : {};
  } catch (error) {
    throw new UsageError(`cdk8s.yaml cannot be read: ${String(error)}`);
  }
}

/** The script of the project's own cdk8s-cli. */
export function findCdk8sCli(folder: string): string {
  try {
    const require = createRequire(path.join(folder, 'package.json'));
    return path.join(path.dirname(require.resolve('cdk8s-cli/package.json')), 'bin', 'cdk8s');
  } catch {
    throw new UsageError('cdk8s-cli is not installed. Run: npm install --save-dev cdk8s-cli');
  }
}
