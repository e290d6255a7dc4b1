import { describe } from '../../foundation';
import { readIncident, served, type KeptIncident } from '../../kept-incident';
import { regressionOf } from '../../postmortem';
import type { Binaries } from '../../rehearsal';
import {
  RangeAsker,
  replay as replayed,
  type ReplayedAlert,
  type ReplayOptions,
} from '../../replay';
import { binariesOf } from '../binaries';
import { UsageError } from '../exit-code';
import { textOf } from '../files';
import { interruptible } from '../interruptible';
import { modelsOf } from '../models';
import { subjectOf } from './asked-time';
import {
  answered,
  looksOver,
  rulesAround,
  sayOf,
  type ReplayArguments,
  type Replayed,
  type RulesAround,
} from './replayed';

/** Options that say of a server what a file says itself. */
const OF_SERVER = ['prometheus', 'alertmanager', 'selector', 'from', 'to', 'save'] as const;

/** Replays what a file has kept, on a Prometheus that runs for as long. @throws UsageError */
export async function replayOfFile(
  text: string | undefined,
  file: string,
  options: ReplayArguments,
): Promise<Replayed> {
  const other = OF_SERVER.find((each) => (options[each] as unknown) !== undefined);
  if (other !== undefined) {
    throw new UsageError(
      `--series has all that is replayed, so --${other} says nothing. Give one.`,
    );
  }
  const kept = readIncident(textOf(file));
  if ('found' in kept) throw new UsageError(`${describe(file)} ${kept.found}. ${kept.fix}.`);
  const models = modelsOf(options.dist);
  checkWhose(
    file,
    kept,
    models.map(({ application }) => application),
    text,
    options.environment,
  );
  const subject = subjectOf(models, `${kept.application}/${kept.service}`, kept);
  const rules = rulesAround(subject, models, options.dist);
  const binaries = binariesOf(PROGRAMS, options, NEEDED);
  const found = await answered(() =>
    interruptible((signal) =>
      replayKept(kept, rules, { binaries, signal, progress: sayOf(subject, options) }),
    ),
  );
  const { began } = kept;
  const uncertainty = kept.uncertaintySeconds + kept.lookbackSeconds;
  const regression = regressionOf(kept.pages, found, uncertainty);
  return { regression, found, uncertainty, ...(began !== undefined && { began }) };
}

/** What serves the series of a file. */
export const PROGRAMS = ['prometheus', 'promtool'] as const;
const NEEDED = 'the series of a file are replayed on a Prometheus of their own';

/** How what was kept is replayed. */
export interface KeptReplay {
  readonly binaries: Pick<Binaries, (typeof PROGRAMS)[number]>;
  readonly signal: AbortSignal;
  readonly progress?: ReplayOptions['progress'];
}

/** Replays rules on what was kept. @throws {RehearsalError} */
export function replayKept(
  kept: KeptIncident,
  rules: RulesAround,
  { binaries, signal, progress }: KeptReplay,
): Promise<readonly ReplayedAlert[]> {
  const range = looksOver(kept.span, kept.stepSeconds);
  return served(kept, binaries, signal, (answers) =>
    replayed(rules.all, rules.pages, new RangeAsker(answers, range), {
      isKept: true,
      ...(progress && { progress }),
    }),
  );
}

/** @throws UsageError where the file is of something else than was asked, or is known here */
function checkWhose(
  file: string,
  { application, service, environment }: KeptIncident,
  known: readonly string[],
  text: string | undefined,
  where: string | undefined,
): void {
  const name = `${application}/${service}`;
  const isAsked = text === undefined || text === service || text === name;
  if (!isAsked || (where !== undefined && where !== environment)) {
    const asked = `${text ?? name}${where === undefined ? '' : ` in ${where}`}`;
    throw new UsageError(
      `${describe(file)} is of ${name} in ${environment}, not of ${asked}. Give --series alone, or another file.`,
    );
  }
  if (known.includes(application)) return;
  throw new UsageError(
    `${describe(file)} is of the application ${application}, and the output folder has ${known.join(', ')}. Run it in the repository of ${application}.`,
  );
}
