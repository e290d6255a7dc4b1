import { describe } from '../../foundation';
import { pagedIn, regressionText, type Paged } from '../../postmortem';
import { tryPromSeconds } from '../../replay';
import { exitCodes, UsageError, type ExitCode } from '../exit-code';
import { momentIn } from '../moment';
import { replayOfFile } from './replay-file';
import { regressionJson, regressionReport } from './replay-report';
import { replayOfServer } from './replay-server';
import type { ReplayArguments, Replayed } from './replayed';

/** Replays the series of an incident over today's rules. */
export async function replay(
  text: string | undefined,
  options: ReplayArguments,
): Promise<ExitCode> {
  const within = withinOf(options.pagesWithin);
  const given = options.began === undefined ? undefined : momentIn('--began', options.began);
  const replayed =
    options.series === undefined
      ? await replayOfServer(text, options, given)
      : await replayOfFile(text, options.series, options);
  const { regression, uncertainty } = replayed;
  const paged = within === undefined ? undefined : pagedOf(replayed, within, given);
  process.stdout.write(
    options.json
      ? regressionJson(regression, paged)
      : regressionReport(regression, uncertainty, paged),
  );
  if (!regression.isJudged) throw new UsageError(regressionText(regression));
  const isWorse = paged ? !paged.isInTime : ['later', 'not at all'].includes(regression.outcome);
  return isWorse ? exitCodes.findings : exitCodes.ok;
}

function withinOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const seconds = tryPromSeconds(text) ?? 0;
  if (seconds > 0) return seconds;
  throw new UsageError(`--pages-within is ${describe(text)}. Give a duration, such as 5m or 90s.`);
}

/** @throws UsageError where nobody knows when it began */
function pagedOf(
  { found, uncertainty, began: known }: Replayed,
  within: number,
  given: number | undefined,
): Paged {
  const began = given ?? known;
  if (began !== undefined) return pagedIn(found, began, within, uncertainty);
  throw new UsageError(
    'the series do not show when it began: no objective went beyond its budget after the begin of the time. Give --began, or an earlier --from.',
  );
}
