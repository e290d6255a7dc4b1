import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { describe, reasonOf, type Problem } from '../foundation';
import type { GuardrailReport } from '../guardrail';
import { REPORT_VARIABLE, type UnclaimedSizes } from '../platform';
import { UsageError } from './exit-code';
import { findCdk8sCli, type Project } from './project';

/** What became of a run of the app. */
export interface AppRun {
  readonly problems: readonly Problem[];
  readonly guardrails: GuardrailReport;
  readonly unclaimed: readonly UnclaimedSizes[];
  /** What the app and cdk8s-cli said, when it was not about problems. */
  readonly talk: string;
  /** What the app wrote, when all went well. */
  readonly fresh?: string;
}

interface AppReport {
  readonly problems: readonly Problem[];
  readonly guardrails?: GuardrailReport;
  readonly unclaimed?: readonly UnclaimedSizes[];
}

const NOTHING: GuardrailReport = { findings: [], objects: 0, rules: [], without: {}, problems: [] };

/**
 * Works in a scratch folder beside or below `parent`, and removes it whatever happens.
 * @param parent - must exist
 */
export async function inScratch<T>(
  parent: string,
  prefix: string,
  work: (scratch: string) => Promise<T>,
): Promise<T> {
  const scratch = scratchIn(parent, prefix);
  const clean = (): void => {
    fs.rmSync(scratch, { recursive: true, force: true });
  };
  process.on('exit', clean);
  try {
    return await work(scratch);
  } finally {
    process.off('exit', clean);
    clean();
  }
}

function scratchIn(parent: string, prefix: string): string {
  try {
    return fs.mkdtempSync(path.join(parent, prefix));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(
      `no folder can be made in ${describe(parent)} (${code ?? reasonOf(error)}). Give an output folder where files may be made.`,
    );
  }
}

/** Runs the app by cdk8s-cli, which deletes its output folder first, in a scratch folder. */
export async function runApp(project: Project, scratch: string): Promise<AppRun> {
  const cli = findCdk8sCli(project.folder);
  const fresh = path.join(scratch, 'output');
  const report = path.join(scratch, 'report.json');
  const { code, talk } = await run(cli, project, fresh, report);
  const { problems, guardrails = NOTHING, unclaimed = [] } = readReport(report);
  const found = { problems, guardrails, unclaimed };
  if (code !== 0) return { ...found, talk: problems.length > 0 ? '' : explained(talk) };
  if (fs.existsSync(report)) return { ...found, talk, fresh };
  const why = 'No Platform synthesized: make the applications under a Platform, not an App.\n';
  return { ...found, talk: why };
}

/** cdk8s-cli names the scratch folder when the app wrote nothing; what matters is why. */
const explained = (talk: string): string =>
  talk.includes('app expected to create')
    ? 'The app wrote nothing: does it call synth(), and has it an Application?\n'
    : talk;

interface Ended {
  readonly code: number;
  readonly talk: string;
}

function run(cli: string, project: Project, fresh: string, report: string): Promise<Ended> {
  const args = [cli, 'synth', '--app', project.app, '--output', fresh, '--no-check-upgrade'];
  const child = spawn(process.execPath, args, {
    cwd: project.folder,
    stdio: ['ignore', 'ignore', 'pipe'],
    // The upgrade check asks the network, and prints a stack trace without one.
    env: { ...process.env, CDK8S_CHECK_UPGRADE: 'false', [REPORT_VARIABLE]: report },
  });
  const stop = (signal: NodeJS.Signals): void => {
    child.kill(signal);
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

const readReport = (report: string): AppReport =>
  fs.existsSync(report)
    ? (JSON.parse(fs.readFileSync(report, 'utf8')) as AppReport)
    : { problems: [] };
