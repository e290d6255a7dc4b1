import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { renderProblem, renderProblems, type ApplicationModel, type Problem } from '../foundation';
import { REPORT_VARIABLE } from '../platform';
import { exitCodes, type ExitCode } from './exit-code';
import { findCdk8sCli, readProject, type Project } from './project';
import { recover, swap, type Swapped } from './swap';

export interface SynthOptions {
  readonly output?: string;
  readonly app?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

interface Outcome {
  readonly problems: readonly Problem[];
  /** What the app and cdk8s-cli said, when it was not about problems. */
  readonly talk: string;
  readonly models: readonly ApplicationModel[];
  readonly files?: Swapped;
}

/**
 * Lets cdk8s-cli, which deletes its output folder first, work in a scratch folder, and puts that in place only when all went well.
 */
export async function synth(options: SynthOptions): Promise<ExitCode> {
  const project = readProject(process.cwd(), options);
  const cli = findCdk8sCli(project.folder);
  recover(project.output);
  fs.mkdirSync(path.dirname(project.output), { recursive: true });
  const name = `.${path.basename(project.output)}-`;
  const scratch = fs.mkdtempSync(path.join(path.dirname(project.output), name));
  const clean = (): void => {
    fs.rmSync(scratch, { recursive: true, force: true });
  };
  try {
    if (!options.quiet && process.stderr.isTTY) process.stderr.write('Synthesizing…\n');
    const outcome = await runIn(scratch, project, cli, clean);
    (options.json ? printJson : printText)(outcome, project, options);
    return outcome.files ? exitCodes.ok : exitCodes.findings;
  } finally {
    clean();
  }
}

async function runIn(
  scratch: string,
  project: Project,
  cli: string,
  clean: () => void,
): Promise<Outcome> {
  const fresh = path.join(scratch, 'output');
  const report = path.join(scratch, 'report.json');
  const { code, talk } = await run(cli, project, fresh, report, clean);
  const problems = readProblems(report);
  if (code !== 0) return { problems, talk: problems.length > 0 ? '' : explained(talk), models: [] };
  if (!fs.existsSync(report)) {
    const why = 'No Platform synthesized: make the applications under a Platform, not an App.\n';
    return { problems, talk: why, models: [] };
  }
  const models = readModels(path.join(fresh, 'model'));
  return { problems, talk, models, files: swap(fresh, project.output) };
}

/** cdk8s-cli names the scratch folder when the app wrote nothing; what matters is why. */
const explained = (talk: string): string =>
  talk.includes('app expected to create') ? 'The app wrote nothing: does it call synth()?\n' : talk;

interface Ended {
  readonly code: number;
  readonly talk: string;
}

function run(
  cli: string,
  project: Project,
  fresh: string,
  report: string,
  clean: () => void,
): Promise<Ended> {
  const args = [cli, 'synth', '--app', project.app, '--output', fresh, '--no-check-upgrade'];
  const child = spawn(process.execPath, args, {
    cwd: project.folder,
    stdio: ['ignore', 'ignore', 'pipe'],
    // The upgrade check asks the network, and prints a stack trace without one.
    env: { ...process.env, CDK8S_CHECK_UPGRADE: 'false', [REPORT_VARIABLE]: report },
  });
  const stop = (signal: NodeJS.Signals): void => {
    child.kill(signal);
    clean();
    process.exit(signal === 'SIGINT' ? 130 : 143);
  };
  process.on('SIGINT', stop).on('SIGTERM', stop).on('SIGHUP', stop);
  let talk = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (talk += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('close', (code) => {
      process.off('SIGINT', stop).off('SIGTERM', stop).off('SIGHUP', stop);
      resolve({ code: code ?? 1, talk });
    });
  });
}

function readProblems(report: string): readonly Problem[] {
  if (!fs.existsSync(report)) return [];
  return (JSON.parse(fs.readFileSync(report, 'utf8')) as { problems: Problem[] }).problems;
}

function readModels(folder: string): readonly ApplicationModel[] {
  if (!fs.existsSync(folder)) return [];
  const names = fs.readdirSync(folder).sort();
  return names.map(
    (name) => JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8')) as ApplicationModel,
  );
}

function printText(outcome: Outcome, project: Project, options: SynthOptions): void {
  const { files, problems, talk } = outcome;
  if (talk !== '') process.stderr.write(talk);
  if (!files) {
    const kept = `${path.relative(project.folder, project.output)} is as it was.\n`;
    process.stderr.write(problems.length > 0 ? `${renderProblems(problems)}\n${kept}` : kept);
    return;
  }
  for (const problem of problems) process.stderr.write(`warning: ${renderProblem(problem)}\n`);
  if (options.quiet) return;
  for (const { application, digests, environments } of outcome.models) {
    const digest = (digests.application ?? '').slice(0, 12).padEnd(12, '-');
    const names = environments.map(({ name }) => name).join(' ');
    process.stdout.write(`${application}  ${digest}  ${names}\n`);
  }
  const counts = `${files.written} written, ${files.removed} removed, ${files.unchanged} unchanged`;
  process.stderr.write(`${path.relative(project.folder, project.output)}: ${counts}\n`);
}

function printJson(outcome: Outcome, project: Project): void {
  const { files, problems, models, talk } = outcome;
  if (talk !== '') process.stderr.write(talk);
  const result = {
    version: 1,
    ok: files !== undefined,
    output: path.relative(project.folder, project.output),
    applications: models.map(({ application, owner, digests, environments }) => ({
      application,
      owner,
      digests,
      environments: environments.map(({ name }) => name),
    })),
    files: files ?? { written: 0, removed: 0, unchanged: 0 },
    problems,
  };
  process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
}
