import { describe, isoText } from '../../foundation';
import { oneOfEachClaim, verdictText, type Experiment, type Verdict } from '../../game-day';
import { rehearse, tryUnshowable, type Rehearsal } from '../../rehearsal';
import { binariesOf, type BinaryArguments } from '../binaries';
import { exitCodes, UsageError, type ExitCode } from '../exit-code';
import { interruptible } from '../interruptible';
import { modelsOf } from '../models';
import { filesOf } from '../output-files';
import { checkFree, write } from '../postmortem';
import { progressOf, warn } from '../progress';
import { readOutput } from '../project';
import { chosenOf, experimentsNamed, type Chosen } from './chosen';
import { recordVerdict } from './records';
import { groupsOf, tryRouting } from './rendered';

export interface RehearseArguments extends BinaryArguments {
  readonly environment?: string;
  readonly experiment?: readonly string[];
  readonly all?: boolean;
  readonly factor: string;
  readonly perSecond: string;
  readonly record?: boolean;
  readonly postmortem?: string;
  readonly output?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** Rehearses experiments of an application on the rules of the output folder, one after the other. */
export async function rehearseCommand(
  application: string,
  options: RehearseArguments,
): Promise<ExitCode> {
  const factor = numberOf('--factor', options.factor, [1, 120]);
  const perSecond = numberOf('--per-second', options.perSecond, [0, 10_000]);
  const chosen = chosenOf(modelsOf(options.output), application, options.environment);
  const files = filesOf(readOutput(process.cwd(), options.output));
  const groups = groupsOf(files, chosen.model, chosen.environment);
  if (groups.length === 0) throw new UsageError(noRules(chosen));
  const experiments = experimentsTo(chosen, options, factor);
  if (options.postmortem !== undefined) checkPostmortem(options.postmortem, experiments);
  const binaries = binariesOf(PROGRAMS, options, 'a rehearsal runs servers of its own');
  const routing = tryRouting(files, chosen.model, chosen.environment);
  if (routing === undefined) warn([NO_ROUTES]);
  const verdicts = await interruptible((signal) =>
    rehearsed(experiments, options, {
      ...{ binaries, groups, routing, factor, perSecond, signal },
      ...{ model: chosen.model, environment: chosen.environment.name, now: () => Date.now() },
    }),
  );
  if (options.json) {
    process.stdout.write(`${JSON.stringify({ version: 1, verdicts }, null, 2)}\n`);
  }
  return verdicts.every(({ outcome }) => outcome === 'held') ? exitCodes.ok : exitCodes.findings;
}

/** What a rehearsal runs. */
export const PROGRAMS = ['prometheus', 'promtool', 'alertmanager'] as const;
const NO_ROUTES =
  'the output folder holds no AlertmanagerConfig for this environment, so each team has receivers of its own in the rehearsal.';

const noRules = ({ model, environment }: Chosen): string =>
  `the output folder has no rules of ${model.application} in ${environment.name}. Give the platform defaults: { signals: Signals.openTelemetry() } or another source, and run golden-path synth.`;

async function rehearsed(
  experiments: readonly Experiment[],
  options: RehearseArguments,
  rehearsal: Omit<Rehearsal, 'say'>,
): Promise<readonly Verdict[]> {
  const verdicts: Verdict[] = [];
  for (const [index, experiment] of experiments.entries()) {
    const say = progressOf(`${index + 1} of ${experiments.length}, ${experiment.id}`, options);
    const look = lookingBack(experiment, options);
    const { verdict } = await rehearse(experiment, { ...rehearsal, say, ...(look && { look }) });
    verdicts.push(verdict);
    if (!options.json) process.stdout.write(verdictText(verdict));
    if (!options.record) continue;
    const [file = ''] = recordVerdict(verdict, experiment);
    if (!options.quiet) process.stderr.write(`recorded in ${file}\n`);
  }
  return verdicts;
}

/** @throws UsageError */
function checkPostmortem(file: string, experiments: readonly Experiment[]): void {
  if (experiments.length !== 1) {
    throw new UsageError(
      `a postmortem is about one incident, and ${experiments.length} are rehearsed. Give one --experiment.`,
    );
  }
  checkFree(file);
}

/** Writes the postmortem of a rehearsal while its servers are there. */
function lookingBack(
  { application, target }: Experiment,
  { postmortem, environment, factor, output }: RehearseArguments,
): Rehearsal['look'] {
  if (postmortem === undefined) return undefined;
  return async ({ url, alertmanagerUrl }, { from, until }) => {
    await write(target, {
      ...{ application, prometheus: url, alertmanager: alertmanagerUrl, output: postmortem },
      ...{ from: isoText(from), to: isoText(until), pace: factor },
      ...(environment !== undefined && { environment }),
      ...(output !== undefined && { dist: output }),
    });
  };
}

/** Those that the command line names, all that can be shown, or one of each kind of claim. @throws UsageError */
function experimentsTo(
  chosen: Chosen,
  { experiment, all, quiet }: RehearseArguments,
  factor: number,
): readonly Experiment[] {
  if (experiment && all) throw new UsageError('--experiment and --all are two choices. Give one.');
  if (experiment) return experimentsNamed(experiment, chosen);
  const showable = chosen.experiments.filter(
    (each) => tryUnshowable(each, chosen.model, factor) === undefined,
  );
  if (showable.length === 0) {
    throw new UsageError(
      `none of the ${chosen.experiments.length} experiments of ${chosen.model.application} can be rehearsed. See golden-path game-day plan ${chosen.model.application}.`,
    );
  }
  const taken = all ? showable : oneOfEachClaim(showable);
  if (!quiet) {
    const rest = chosen.experiments.length - showable.length;
    process.stderr.write(
      `rehearses ${taken.length} of ${chosen.experiments.length} experiments, a minute or so each: ${taken.map(({ id }) => id).join(', ')}. ${rest} need a cluster.\n`,
    );
  }
  return taken;
}

function numberOf(name: string, text: string, [least, most]: readonly [number, number]): number {
  const value = Number(/^\d{1,6}$/.exec(text)?.[0] ?? NaN);
  if (value >= least && value <= most) return value;
  throw new UsageError(
    `${name} is ${describe(text)}. Give a whole number from ${least} to ${most}.`,
  );
}
