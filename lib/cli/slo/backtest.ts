import { RangeAsker, replay, type ReplayedAlert } from '../../replay';
import type { ApplicationModel } from '../../foundation';
import { PrometheusError, type Matcher } from '../../prometheus';
import { environmentOf } from '../../rightsize';
import { askedModels, type AskedModel } from '../asked-models';
import { clientOf } from '../client';
import { exitCodes, UsageError, type ExitCode } from '../exit-code';
import { modelsOf } from '../models';
import { filesOf, modelsIn, type OutputFiles } from '../output-files';
import { progressOf } from '../progress';
import { readOutput } from '../project';
import { serverText, type PrometheusArguments } from '../prometheus-options';
import { matchersOf } from '../rightsize-options';
import { revisionOf, type Revision } from '../revision';
import { rangeOf, type TimeArguments } from './backtest-options';
import { backtestJson, backtestText } from './backtest-report';
import { backtestRows, type ReplayedApplication } from './backtest-rows';
import { checkJudged, isMore } from './verdict';
import { renderedRules } from './rendered-rules';

export interface BacktestArguments extends PrometheusArguments, TimeArguments {
  readonly output?: string;
  readonly environment?: string;
  readonly against?: string;
  readonly severity?: string;
  readonly selector?: readonly string[];
  readonly failOnMore?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** The models and rules of one synthesis. */
interface Synthesis {
  readonly files: OutputFiles;
  readonly models: readonly ApplicationModel[];
  /** As progress names it; absent where nothing is compared. */
  readonly title?: string;
}

/** Replays what a server measured over the rules of the output folder, and over those of another commit. */
export async function backtest(
  applications: readonly string[],
  options: BacktestArguments,
): Promise<ExitCode> {
  const range = rangeOf(options);
  if (options.failOnMore && options.against === undefined) {
    throw new UsageError('--fail-on-more compares. Give --against with a revision.');
  }
  const matchers = (options.selector ?? []).flatMap(matchersOf);
  const folder = readOutput(process.cwd(), options.output);
  const models = modelsOf(options.output);
  const asked = askedModels(models, applications, options.environment);
  const revision = options.against === undefined ? undefined : revisionOf(folder, options.against);
  const now: Synthesis = { files: filesOf(folder), models, ...(revision && { title: 'now' }) };
  const before = revision && synthesisAt(revision);
  const client = clientOf(options);
  const asker = new RangeAsker(client, range);
  const given = { asker, matchers, options };
  await greeted(asker);
  const replayed: ReplayedApplication[] = [];
  for (const each of asked) {
    replayed.push({
      application: each.model.application,
      environment: each.environment.name,
      ...(before && { before: await replayedBy(before, each, given) }),
      now: await replayedBy(now, each, given),
    });
  }
  const rows = backtestRows(replayed);
  if (rows.length === 0) throw new UsageError(NO_RULES);
  const against = revision && { against: revision.title };
  const facts = { server: client.address, range, ...against };
  process.stdout.write((options.json ? backtestJson : backtestText)(rows, facts));
  checkJudged(rows, range, options.failOnMore);
  return options.failOnMore && isMore(rows) ? exitCodes.findings : exitCodes.ok;
}

const synthesisAt = (revision: Revision): Synthesis => ({
  ...{ files: revision, models: modelsIn(revision), title: revision.title },
});

const NO_RULES =
  'there are no alerts to replay. Give the platform defaults: { signals: Signals.openTelemetry() } or another source, and run golden-path synth.';

interface Given {
  readonly asker: RangeAsker;
  readonly matchers: readonly Matcher[];
  readonly options: BacktestArguments;
}

/** The alerts of one application by the rules of one synthesis; none where it was not there. */
async function replayedBy(
  { files, models, title }: Synthesis,
  { model: { application }, environment }: AskedModel,
  { asker, matchers, options }: Given,
): Promise<readonly ReplayedAlert[]> {
  const model = models.find((each) => each.application === application);
  const there = model && environmentOf(model, environment.name);
  if (!there) return [];
  const { all, alerts } = renderedRules(files, models, there);
  const chosen = (alerts.get(application) ?? []).filter(
    ({ labels }) => options.severity === undefined || labels.severity === options.severity,
  );
  const whose = `${application} in ${environment.name}${title === undefined ? '' : `, ${title}`}`;
  const say = progressOf(whose, options);
  try {
    return await replay(all, chosen, asker, {
      matchers,
      progress: ({ name, labels: { service = name, slo } }) => {
        say(slo === undefined ? service : `${service} ${slo}`);
      },
    });
  } catch (error) {
    throw usageOf(error);
  }
}

/** Learns within one question that a server cannot be asked. @throws UsageError */
async function greeted(asker: RangeAsker): Promise<void> {
  try {
    await asker.greet();
  } catch (error) {
    throw usageOf(error);
  }
}

const usageOf = (error: unknown): unknown =>
  error instanceof PrometheusError ? new UsageError(serverText(error)) : error;
