import * as path from 'node:path';
import type { EnvironmentModel, ResponseAction } from '../../foundation';
import {
  chooseEnvironment,
  environmentsOf,
  gatherLive,
  incidentOf,
  type Incident,
  type Subject,
} from '../../response';
import { alertmanagerOf, clientOf, type AlertmanagerArguments } from '../client';
import { exitCodes, UsageError, type ExitCode } from '../exit-code';
import { checkKnown, modelsOf } from '../models';
import { readOutput } from '../project';
import { matchersOf } from '../rightsize-options';
import { subjectNamed } from '../subjects';
import { act } from './act';
import { incidentText } from './text';

export interface IncidentArguments extends AlertmanagerArguments {
  readonly selector?: readonly string[];
  readonly environment?: string;
  readonly application?: string;
  readonly output?: string;
  readonly act?: ResponseAction;
  readonly context?: string;
  readonly yes?: boolean;
  readonly json?: boolean;
}

/** Whoever is woken waits no longer than this. */
export const TIMEOUT_SECONDS = 5;

/** Nothing waits for its turn, and nothing is asked twice: whoever looks can look again. */
const AT_ONCE = { concurrency: 64, retries: { attempts: 1 } } as const;

/** Tells what a responder has to know of a service, as far as the servers say. */
export async function incident(service: string, options: IncidentArguments): Promise<ExitCode> {
  const models = modelsOf(options.output);
  const subject = subjectNamed(models, service, options.application);
  const standing = environmentsOf(subject);
  const { environment: given } = options;
  checkStands(subject, standing, given);
  const environments = standing.filter(({ name }) => given === undefined || name === given);
  const timed = { ...options, timeout: options.timeout ?? String(TIMEOUT_SECONDS) };
  checkAct(
    options,
    standing.map(({ name }) => name),
  );
  const prometheus = clientOf(timed, AT_ONCE);
  const alertmanager = alertmanagerOf(timed, AT_ONCE);
  const matchers = (options.selector ?? []).flatMap(matchersOf);
  const now = Date.now() / 1000;
  const live = await gatherLive(
    { prometheus, ...(alertmanager && { alertmanager }) },
    { subject, environments, matchers, now },
  );
  const choice = chooseEnvironment(live);
  if ('between' in choice) throw new UsageError(ask(service, choice));
  const found = incidentOf(live, choice.environment, models);
  if (options.act !== undefined) {
    return act({ ...options, action: options.act, models, prometheus, matchers, now }, found);
  }
  const output = path.relative(process.cwd(), readOutput(process.cwd(), options.output));
  process.stdout.write(
    options.json ? `${JSON.stringify(found, null, 2)}\n` : incidentText(found, output),
  );
  return codeOf(found);
}

/** @throws UsageError */
function checkStands(
  { model, service }: Subject,
  standing: readonly EnvironmentModel[],
  given: string | undefined,
): void {
  if (given === undefined || standing.some(({ name }) => name === given)) return;
  const known = model.environments.map(({ name }) => name);
  checkKnown('environment', [given], known);
  throw new UsageError(
    `${service} does not stand in ${given}. It does in ${standing.map(({ name }) => name).join(', ')}.`,
  );
}

/** @throws UsageError */
function checkAct(
  { act: action, context, yes, environment }: IncidentArguments,
  environments: readonly string[],
): void {
  if (action === undefined && (context !== undefined || yes)) {
    throw new UsageError('--context and --yes belong to --act. Give that too.');
  }
  if (yes && context === undefined) {
    throw new UsageError(
      '--yes changes a cluster. Give --context, one of kubectl config get-contexts -o name.',
    );
  }
  if (yes && environment === undefined) {
    throw new UsageError(
      `--yes chooses no environment by itself. Give --environment, one of ${environments.join(', ')}.`,
    );
  }
}

/** What is not known is no all clear. */
const codeOf = ({ verdict }: Incident): ExitCode =>
  ({ burning: exitCodes.findings, quiet: exitCodes.ok, unknown: exitCodes.usage })[verdict];

function ask(
  service: string,
  choice: { between: readonly string[]; why: 'burn' | 'quiet' },
): string {
  const names = choice.between.join(', ');
  return choice.why === 'burn'
    ? `${service} burns in ${choice.between.length} environments. Give --environment, one of ${names}.`
    : `${service} stands in several environments. Give --environment, one of ${names}.`;
}
