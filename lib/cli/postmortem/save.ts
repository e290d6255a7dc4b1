import * as fs from 'node:fs';
import type { Span } from '../../evidence';
import { describe } from '../../foundation';
import {
  gatherSeries,
  incidentText,
  MOST_SAMPLES,
  type KeptIncident,
  type Gathered,
  type KeptPage,
  type Noting,
  type TooMuch,
} from '../../kept-incident';
import { momentOf, regressionOf, type Fired, type PageChange } from '../../postmortem';
import type { Answering, Matcher, Range } from '../../prometheus';
import { binariesOf, type BinaryArguments } from '../binaries';
import { UsageError } from '../exit-code';
import { checkWritable, writeWhole } from '../files';
import { interruptible } from '../interruptible';
import { warn } from '../progress';
import type { Subject } from './asked-time';
import { PROGRAMS, replayKept, type KeptReplay } from './replay-file';
import type { Replayed, RulesAround } from './replayed';

/** More is no file for a repository. */
const MOST_BYTES = 8 * 2 ** 20;

/** A replay that has been, and what it was of. */
export interface Saving {
  readonly subject: Subject;
  readonly span: Span;
  readonly rules: RulesAround;
  readonly range: Range;
  readonly matchers: readonly Matcher[];
  readonly fired: readonly Fired[];
  readonly client: Answering;
  readonly noted: Noting['noted'];
  readonly result: Replayed;
  readonly options: BinaryArguments;
}

/** Refuses, before any work, to write over a file. @throws UsageError */
export function checkNew(file: string, force = false): void {
  checkWritable(file);
  if (force || !fs.existsSync(file)) return;
  throw new UsageError(
    `${describe(file)} is there already. Give another --save, or --force to lose what is in it.`,
  );
}

/** Writes what was replayed, once the file has told the same. @throws UsageError @throws {PrometheusError} */
export async function save(file: string, saving: Saving): Promise<void> {
  const { client, noted, matchers, range } = saving;
  const series = await gatherSeries(client, { noted, conditions: matchers, range });
  if ('samples' in series) throw new UsageError(tooMuch(series));
  const kept = { ...headOf(saving), ...series };
  const text = incidentText(kept);
  const bytes = Buffer.byteLength(text);
  if (bytes > MOST_BYTES) {
    throw new UsageError(
      `the series take ${mebibytes(bytes)} as text, and ${mebibytes(MOST_BYTES)} are saved at most. ${FEWER}.`,
    );
  }
  const binaries = tryBinaries(saving.options);
  if (binaries) await checkSame(kept, saving, binaries);
  writeWhole(file, text);
  const samples = kept.series.reduce((sum, { times }) => sum + times.length, 0);
  process.stderr.write(
    `${file} is written: ${kept.series.length} series, ${samples} samples, ${Math.ceil(bytes / 1024)} KiB.\n`,
  );
  if (!binaries) warn([UNCHECKED]);
  if (kept.began === undefined) {
    warn(['the series do not show when it began, so --pages-within will need --began']);
  }
}

const UNCHECKED =
  'there is no prometheus and promtool on PATH, so nobody has replayed the file and compared it with the server. Replay it by --series where they are';

/** Those that the command line names, or that are on PATH. @throws UsageError where it names what is not there */
function tryBinaries(options: BinaryArguments): KeptReplay['binaries'] | undefined {
  const { bin, prometheusBin, promtoolBin } = options;
  const isNamed = [bin, prometheusBin, promtoolBin].some((each) => each !== undefined);
  try {
    return binariesOf(PROGRAMS, options, 'what is saved is replayed once');
  } catch (error) {
    if (isNamed || !(error instanceof UsageError)) throw error;
    return undefined;
  }
}

const FEWER = 'Give fewer hours by --from and --to, or the conditions of one cluster by --selector';

const tooMuch = ({ samples, most }: TooMuch): string =>
  `the rules read ${samples} samples, most of them of ${most}, and ${MOST_SAMPLES} are saved at most. ${FEWER}.`;

const mebibytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MiB`;

type Head = Omit<KeptIncident, keyof Gathered>;

function headOf({ subject, span, range, fired, result }: Saving): Head {
  const pages = fired.flatMap(({ alertname, service, slo, severity, firingSince }): KeptPage[] =>
    severity !== 'page' || firingSince === undefined
      ? []
      : [{ ...{ alertname, service, severity, firingSince }, ...(slo !== undefined && { slo }) }],
  );
  const { model, environment, service } = subject;
  return {
    ...{ application: model.application, service, environment: environment.name, span },
    ...(result.began !== undefined && { began: result.began }),
    ...{ stepSeconds: range.step, uncertaintySeconds: result.uncertainty, pages },
  };
}

/** @throws UsageError where the file would tell something else than the server */
async function checkSame(
  kept: KeptIncident,
  { rules, fired, result }: Saving,
  binaries: KeptReplay['binaries'],
): Promise<void> {
  const found = await interruptible((signal) => replayKept(kept, rules, { binaries, signal }));
  const { pages } = regressionOf(fired, found, result.uncertainty);
  const unlike: string[] = [];
  for (const [index, page] of pages.entries()) {
    const before = result.regression.pages[index];
    if (isLike(before, page, kept.lookbackSeconds)) continue;
    const name = `${page.alert} of ${page.service}`;
    if (page.fault?.startsWith('cannot be judged') && page.now === undefined) {
      warn([`${name} ${page.fault}`]);
    } else unlike.push(`${name} pages ${at(page)}, and by the server ${at(before)}`);
  }
  if (unlike.length === 0) return;
  throw new UsageError(
    `the series that were saved would not tell the same as the server: ${unlike.join('; ')}. Nothing is written. Keep the postmortem, and report it.`,
  );
}

const isLike = (
  before: PageChange | undefined,
  { now, fault }: PageChange,
  seconds: number,
): boolean =>
  (before?.fault === undefined) === (fault === undefined) &&
  (before?.now === now || Math.abs((before?.now ?? NaN) - (now ?? NaN)) <= seconds);

const at = (page: PageChange | undefined): string =>
  page?.now === undefined ? `never (${page?.fault ?? 'judged'})` : momentOf(page.now);
