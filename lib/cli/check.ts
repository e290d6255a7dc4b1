import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { reasonOf } from '../foundation';
import { asOf, checkFiles, type FailLevel, type GuardrailReport, type Pack } from '../guardrail';
import { dayOf } from './day';
import { exitCodes, UsageError, type ExitCode } from './exit-code';
import { readFiles } from './manifest-files';
import { readProject } from './project';
import { failuresOf, formats, hasFailed, summary, type Format } from './report';
import { inScratch, runApp } from './run-app';
import { packageVersion } from './version';
import { withoutOf } from './without';

export interface CheckOptions {
  readonly app?: string;
  readonly format: Format;
  readonly json?: boolean;
  readonly output?: string;
  readonly failOn: FailLevel;
  readonly pack?: Pack;
  readonly without?: readonly string[];
  readonly namespace?: string;
  readonly asOf?: string;
  readonly quiet?: boolean;
}

/** Judges the platform of this project, or whatever files are named. */
export async function check(names: readonly string[], options: CheckOptions): Promise<ExitCode> {
  const day = dayOf(options.asOf);
  const judged = names.length > 0 ? await ofFiles(names, options) : await ofPlatform(options);
  if (!judged) return exitCodes.findings;
  const report = asOf(judged, day);
  write(report, options);
  return hasFailed(report, options.failOn) ? exitCodes.findings : exitCodes.ok;
}

async function ofFiles(names: readonly string[], options: CheckOptions): Promise<GuardrailReport> {
  const { pack, namespace, app } = options;
  if (app !== undefined)
    throw new UsageError('--app runs the app, and files are judged as they are.');
  const without = withoutOf(options.without ?? []);
  const report = checkFiles(await readFiles(names), {
    ...(pack !== undefined && { pack }),
    ...(namespace !== undefined && { namespace }),
    without,
  });
  // Most likely the name is wrong or what fills the pipe failed, and nobody would see that nothing is judged.
  if (report.objects === 0 && report.problems.length === 0) {
    throw new UsageError(`there is no Kubernetes object in ${names.join(', ')}.`);
  }
  return report;
}

/** Undefined when the app did not get so far. */
async function ofPlatform(options: CheckOptions): Promise<GuardrailReport | undefined> {
  const { pack, without, namespace, app } = options;
  const wrong = pack ? '--pack' : without ? '--without' : namespace ? '--namespace' : undefined;
  if (wrong !== undefined) {
    throw new UsageError(
      `${wrong} is for files; what the platform's own rules are, it decides itself.`,
    );
  }
  const project = readProject(process.cwd(), app === undefined ? {} : { app });
  if (!options.quiet && process.stderr.isTTY) process.stderr.write('Synthesizing…\n');
  const run = await inScratch(os.tmpdir(), 'golden-path-', (scratch) => runApp(project, scratch));
  const { problems, guardrails, talk, fresh } = run;
  if (talk !== '') process.stderr.write(talk);
  if (fresh === undefined && problems.length === 0) return undefined;
  // Broken rules are findings already.
  return { ...guardrails, problems: problems.filter(({ code }) => code !== 'RuleBroken') };
}

function write(report: GuardrailReport, options: CheckOptions): void {
  const { failOn, output, quiet } = options;
  const format = options.json ? 'json' : options.format;
  const shown = quiet ? failuresOf(report, failOn) : report;
  const isEmpty = shown.findings.length === 0 && shown.problems.length === 0;
  const isSilent = quiet && isEmpty && format === 'text';
  const view = { report: shown, failOn, version: packageVersion(), prefix: wayFromRoot() };
  const text = isSilent ? '' : formats[format](view);
  if (output === undefined) {
    process.stdout.write(text);
    return;
  }
  save(output, text);
  if (!quiet) process.stderr.write(`${summary(report)} The report is in ${output}.\n`);
}

function save(output: string, text: string): void {
  try {
    fs.writeFileSync(output, text);
  } catch (error) {
    throw new UsageError(`the report cannot be written: ${reasonOf(error)}`);
  }
}

/** The way from the root of the git repository to the working directory. */
function wayFromRoot(): string {
  const here = process.cwd();
  for (let folder = here; ; folder = path.dirname(folder)) {
    if (fs.existsSync(path.join(folder, '.git'))) {
      const way = path.relative(folder, here).split(path.sep).join('/');
      return way === '' ? '' : `${way}/`;
    }
    if (folder === path.dirname(folder)) return '';
  }
}
