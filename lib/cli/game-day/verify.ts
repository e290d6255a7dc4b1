import type { Span } from '../../evidence';
import {
  BASELINE_SECONDS,
  judge,
  verdictMarkdown,
  verdictText,
  type Experiment,
  type Gathered,
} from '../../game-day';
import { timeText } from '../../incident';
import { PrometheusError } from '../../prometheus';
import { gather } from '../../rehearsal';
import { alertmanagerOf, clientOf, type AlertmanagerArguments } from '../client';
import { exitCodes, UsageError, type ExitCode } from '../exit-code';
import { modelsOf } from '../models';
import { spanIn } from '../moment';
import { warn } from '../progress';
import { serverText } from '../prometheus-options';
import { paceOf } from '../postmortem';
import { matchersOf } from '../rightsize-options';
import { chosenOf, experimentsNamed, type Chosen } from './chosen';
import { faultOf } from './fault';
import { recordVerdict } from './records';

export interface VerifyArguments extends AlertmanagerArguments {
  readonly experiment: string;
  readonly environment: string;
  readonly from: string;
  readonly to: string;
  readonly injected?: string;
  readonly selector?: readonly string[];
  /** How many times as fast time ran. */
  readonly pace?: string;
  readonly record?: boolean;
  readonly markdown?: boolean;
  readonly output?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** Asks a Prometheus what a game day was like, and judges it. */
export async function verifyCommand(
  application: string,
  options: VerifyArguments,
): Promise<ExitCode> {
  const now = Date.now() / 1000;
  const chosen = chosenOf(modelsOf(options.output), application, options.environment);
  const [experiment] = experimentsNamed([options.experiment], chosen);
  if (!experiment) return exitCodes.usage;
  const { start: began, end: ended } = timesOf(options, now, experiment);
  const verdict = judge(
    experiment,
    await gathered(chosen, experiment, options, { began, ended, now }),
  );
  if (options.json) process.stdout.write(`${JSON.stringify(verdict, null, 2)}\n`);
  else
    process.stdout.write(
      options.markdown ? verdictMarkdown(verdict, experiment) : verdictText(verdict),
    );
  if (options.record) {
    const files = recordVerdict(verdict, experiment);
    if (!options.quiet) process.stderr.write(`recorded in ${files.join(' and ')}\n`);
  }
  return verdict.outcome === 'held' ? exitCodes.ok : exitCodes.findings;
}

interface Times {
  readonly began: number;
  readonly ended: number;
  readonly now: number;
}

async function gathered(
  { model }: Chosen,
  experiment: Experiment,
  options: VerifyArguments,
  { began, ended, now }: Times,
): Promise<Gathered> {
  const { environment, injected } = options;
  const client = clientOf(options);
  const alertmanager = alertmanagerOf(options);
  const matchers = (options.selector ?? []).flatMap(matchersOf);
  const pace = paceOf(options.pace);
  const from = began - BASELINE_SECONDS / pace;
  const after = (experiment.expects.recoversWithinSeconds + SPARE_SECONDS) / pace;
  const until = Math.min(now, ended + after);
  try {
    const { facts, gaps } = await gather({
      ...{ client, model, environment, experiment, matchers, pace },
      span: { start: from, end: until },
      ...(alertmanager && { alertmanager }),
    });
    const fatal = gaps.find(({ part, kind }) => part !== 'silences' && kind !== 'part-of-time');
    if (fatal) throw new UsageError(gapText(fatal));
    warn(gaps.map(gapText));
    return {
      ...{ environment, rehearsed: pace > 1, factor: pace, toleranceSeconds: 0 },
      ...{ began, ended, from, until },
      ...facts,
      fault: await faultOf(client, {
        ...{ model, environment, injected, began, ended, pace },
        fault: experiment.fault,
      }),
      isPaging: model.onCall?.pagesIn.includes(environment) ?? true,
      doubts: [],
    };
  } catch (error) {
    if (error instanceof PrometheusError) throw new UsageError(serverText(error));
    throw error;
  }
}

/** So that the end of the last page is seen. */
const SPARE_SECONDS = 300;

const gapText = ({ found, fix }: { readonly found: string; readonly fix?: string }): string =>
  `${found}.${fix === undefined ? '' : ` ${fix}.`}`;

const DAY_SECONDS = 86_400;

/** When the fault was there, and when it was gone: nobody needs it for a day more than the experiment does. @throws UsageError */
const timesOf = (
  options: Pick<VerifyArguments, 'from' | 'to'>,
  now: number,
  { seconds }: Experiment,
): Span =>
  spanIn(options, {
    now,
    mostSeconds: DAY_SECONDS + seconds,
    most: `a day and ${timeText(seconds)}`,
    whenToCome: 'Verify when the fault is gone.',
    whenLong: 'Give the time of one experiment.',
  });
