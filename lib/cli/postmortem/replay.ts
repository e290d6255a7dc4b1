import * as fs from 'node:fs';
import type { Span } from '../../evidence';
import { describe, type ApplicationModel } from '../../foundation';
import { graphOf, regressionOf, regressionText } from '../../postmortem';
import { ServerError } from '../../prometheus';
import {
  RangeAsker,
  replay as replayed,
  type RenderedRule,
  type ReplayedAlert,
} from '../../replay';
import { clientOf } from '../client';
import { exitCodes, UsageError, type ExitCode } from '../exit-code';
import { modelsOf } from '../models';
import { filesOf } from '../output-files';
import { readOutput } from '../project';
import { progressOf } from '../progress';
import { serverText } from '../prometheus-options';
import { matchersOf } from '../rightsize-options';
import { renderedRules } from '../slo';
import { spanOf, subjectOf, type Subject } from './asked-time';
import { gathered, type EvidenceArguments } from './gathered';
import { headOf } from './head';
import { regressionJson, regressionReport } from './replay-report';

export interface ReplayArguments extends EvidenceArguments {
  readonly environment?: string;
  readonly from?: string;
  readonly to?: string;
  readonly dist?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** As often as the rules are evaluated where nobody says otherwise. */
const STEP_SECONDS = 30;

/** Replays the series of an incident over today's rules. */
export async function replay(text: string, options: ReplayArguments): Promise<ExitCode> {
  if (text.endsWith('.md') && !fs.existsSync(text)) {
    throw new UsageError(`there is no file ${describe(text)}.`);
  }
  const asked = fs.existsSync(text) ? headOf(text) : { ...options, subject: text };
  const { from, to } = asked;
  if (from === undefined || to === undefined) {
    throw new UsageError(
      'a service is replayed over a time. Give --from and --to, or a postmortem.',
    );
  }
  const models = modelsOf(options.dist);
  const subject = subjectOf(models, asked.subject, asked);
  const span = spanOf(from, to, Date.now() / 1000);
  const around = aroundOf(subject, models);
  const { all, pages } = rulesAround(subject, models, around, options);
  const { alerts, evaluationSeconds = 0 } = await gathered(subject, models, span, options);
  const found = await answered(() => replayedOver(span, all, pages, subject, options));
  const fired = alerts.rows.filter(
    ({ application, service }) => application === subject.model.application && around.has(service),
  );
  const uncertainty = STEP_SECONDS + alerts.uncertaintySeconds + evaluationSeconds;
  const regression = regressionOf(fired, found, uncertainty);
  process.stdout.write(
    options.json ? regressionJson(regression) : regressionReport(regression, uncertainty),
  );
  if (!regression.isJudged) throw new UsageError(regressionText(regression));
  const isWorse = ['later', 'not at all'].includes(regression.outcome);
  return isWorse ? exitCodes.findings : exitCodes.ok;
}

/** The rules that page for what is around a service, and all that they read. @throws UsageError */
function rulesAround(
  { model: { application }, environment, service }: Subject,
  models: readonly ApplicationModel[],
  around: ReadonlySet<string>,
  { dist }: ReplayArguments,
): { readonly all: readonly RenderedRule[]; readonly pages: readonly RenderedRule[] } {
  const files = filesOf(readOutput(process.cwd(), dist));
  const { all, alerts } = renderedRules(files, models, environment);
  const pages = (alerts.get(application) ?? []).filter((rule) => isPage(rule, around));
  if (pages.length > 0) return { all, pages };
  throw new UsageError(
    `no rule pages for ${service} or for what is around it: there is nothing to replay.`,
  );
}

function replayedOver(
  { start, end }: Span,
  all: readonly RenderedRule[],
  pages: readonly RenderedRule[],
  { model }: Subject,
  options: ReplayArguments,
): Promise<readonly ReplayedAlert[]> {
  const asker = new RangeAsker(clientOf(options), {
    start: Math.floor(start / STEP_SECONDS) * STEP_SECONDS,
    end: Math.floor(end / STEP_SECONDS) * STEP_SECONDS,
    step: STEP_SECONDS,
  });
  const say = progressOf(model.application, options);
  return replayed(all, pages, asker, {
    matchers: (options.selector ?? []).flatMap(matchersOf),
    progress: (rule) => {
      say(rule.labels.service ?? rule.name);
    },
  });
}

const isPage = ({ labels }: RenderedRule, around: ReadonlySet<string>): boolean =>
  labels.severity === 'page' && around.has(labels.service ?? '');

/** Itself, what it cannot work without, and who cannot work without it. */
function aroundOf(
  { model, service }: Subject,
  models: readonly ApplicationModel[],
): ReadonlySet<string> {
  const { reach, dependents } = graphOf(model, models);
  const below = (reach.get(service) ?? []).map(({ name }) => name);
  return new Set([service, ...below, ...(dependents.get(service) ?? [])]);
}

/** @throws UsageError */
async function answered<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw error instanceof ServerError ? new UsageError(serverText(error)) : error;
  }
}
