import * as path from 'node:path';
import { renderProblem, renderProblems, type ApplicationModel, type Problem } from '../foundation';
import { asOf } from '../guardrail';
import type { UnclaimedSizes } from '../platform';
import { environmentRequests } from '../rightsize';
import { dayOf } from './day';
import { exitCodes, type ExitCode } from './exit-code';
import { makeFolder } from './files';
import { checkOutput, readProject, type Project } from './project';
import { readModels } from './models';
import { requestsJson, requestsText } from './requests';
import { inScratch, runApp } from './run-app';
import { recover, swap, type Swapped } from './swap';
import { unclaimedText } from './unclaimed';

export interface SynthOptions {
  readonly output?: string;
  readonly app?: string;
  readonly asOf?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

interface Outcome {
  readonly problems: readonly Problem[];
  /** Waivers that are over. They change no manifest, so the output is written nevertheless. */
  readonly expired: readonly Problem[];
  /** What the app and cdk8s-cli said, when it was not about problems. */
  readonly talk: string;
  readonly unclaimed: readonly UnclaimedSizes[];
  readonly models: readonly ApplicationModel[];
  readonly files?: Swapped;
}

/**
 * Lets cdk8s-cli, which deletes its output folder first, work in a scratch folder, and puts that in place only when all went well.
 */
export async function synth(options: SynthOptions): Promise<ExitCode> {
  const day = dayOf(options.asOf);
  const project = readProject(process.cwd(), options);
  checkOutput(project);
  recover(project.output);
  const parent = path.dirname(project.output);
  makeFolder(parent, project.output);
  if (!options.quiet && process.stderr.isTTY) process.stderr.write('Synthesizing…\n');
  const outcome = await inScratch(parent, `.${path.basename(project.output)}-`, (scratch) =>
    synthesize(project, scratch, day),
  );
  (options.json ? printJson : printText)(outcome, project, options);
  for (const unclaimed of outcome.files ? outcome.unclaimed : []) {
    process.stderr.write(`warning: ${unclaimedText(unclaimed)}\n`);
  }
  return isOk(outcome) ? exitCodes.ok : exitCodes.findings;
}

const isOk = ({ files, expired }: Outcome): boolean => files !== undefined && expired.length === 0;

async function synthesize(project: Project, scratch: string, day: string): Promise<Outcome> {
  const { guardrails, fresh, ...run } = await runApp(project, scratch);
  const expired = asOf({ ...guardrails, problems: [] }, day).problems;
  if (fresh === undefined) return { ...run, expired, models: [] };
  const models = readModels(path.join(fresh, 'model'));
  return { ...run, expired, models, files: swap(fresh, project.output) };
}

function printText(outcome: Outcome, project: Project, options: SynthOptions): void {
  const { files, talk, expired } = outcome;
  if (talk !== '') process.stderr.write(talk);
  if (!files) {
    const problems = [...outcome.problems, ...expired];
    const kept = `${path.relative(project.folder, project.output)} is as it was.\n`;
    process.stderr.write(problems.length > 0 ? `${renderProblems(problems)}\n${kept}` : kept);
    return;
  }
  for (const problem of [...outcome.problems, ...expired]) {
    process.stderr.write(`${problem.severity}: ${renderProblem(problem)}\n`);
  }
  if (options.quiet) return;
  for (const { application, digests, environments } of outcome.models) {
    const digest = (digests.application ?? '').slice(0, 12).padEnd(12, '-');
    const names = environments.map(({ name }) => name).join(' ');
    process.stdout.write(`${application}  ${digest}  ${names}\n`);
  }
  process.stderr.write(requestsText(environmentRequests(outcome.models)));
  const counts = `${files.written} written, ${files.removed} removed, ${files.unchanged} unchanged`;
  process.stderr.write(`${path.relative(project.folder, project.output)}: ${counts}\n`);
}

function printJson(outcome: Outcome, project: Project): void {
  const { files, problems, expired, models, talk } = outcome;
  if (talk !== '') process.stderr.write(talk);
  const result = {
    version: 1,
    ok: isOk(outcome),
    output: path.relative(project.folder, project.output),
    applications: models.map(({ application, owner, digests, environments }) => ({
      application,
      owner,
      digests,
      environments: environments.map(({ name }) => name),
    })),
    requests: requestsJson(environmentRequests(models)),
    files: files ?? { written: 0, removed: 0, unchanged: 0 },
    problems: [...problems, ...expired],
  };
  process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
}
