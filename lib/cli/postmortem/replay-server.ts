import * as fs from 'node:fs';
import { describe, type ApplicationModel } from '../../foundation';
import { Noting } from '../../kept-incident';
import { beganOf, regressionOf, regressionText } from '../../postmortem';
import type { Matcher } from '../../prometheus';
import { RangeAsker, replay as replayed } from '../../replay';
import { clientOf } from '../client';
import { UsageError } from '../exit-code';
import { modelsOf } from '../models';
import { matchersOf } from '../rightsize-options';
import { spanOf, subjectOf, type Subject } from './asked-time';
import { gathered } from './gathered';
import { headOf } from './head';
import {
  answered,
  looksOver,
  rulesAround,
  sayOf,
  type ReplayArguments,
  type Replayed,
  type RulesAround,
} from './replayed';
import { checkNew, save } from './save';

/** As often as the rules are evaluated where nobody says otherwise. */
const STEP_SECONDS = 30;

/** Replays what a server still has. @throws UsageError */
export async function replayOfServer(
  text: string | undefined,
  options: ReplayArguments,
  given: number | undefined,
): Promise<Replayed> {
  const about = asked(text, options);
  const { subject, models, span } = about;
  if (options.save !== undefined) checkNew(options.save, options.force);
  const rules = rulesAround(subject, models, options.dist);
  const { alerts, evaluationSeconds = 0 } = await gathered(subject, models, span, options);
  const client = clientOf(options);
  const noting = new Noting(client);
  const asker = new RangeAsker(noting, looksOver(span, STEP_SECONDS));
  const matchers = (options.selector ?? []).flatMap(matchersOf);
  const found = await answered(() =>
    replayed(rules.all, rules.pages, asker, { matchers, progress: sayOf(subject, options) }),
  );
  const began = given ?? (await foundBegin(about, rules, asker, matchers, options));
  const fired = alerts.rows.filter(
    ({ application, service }) =>
      application === subject.model.application && rules.around.has(service),
  );
  const uncertainty = STEP_SECONDS + alerts.uncertaintySeconds + evaluationSeconds;
  const regression = regressionOf(fired, found, uncertainty);
  const result = { regression, found, uncertainty, ...(began !== undefined && { began }) };
  const { save: file } = options;
  if (file === undefined) return result;
  if (!regression.isJudged) throw new UsageError(regressionText(regression));
  const { noted } = noting;
  const { range } = asker;
  await answered(() =>
    save(file, {
      ...{ subject, span, rules, range, matchers, fired, client, noted, result, options },
    }),
  );
  return result;
}

/** When it began, where anybody wants to know. */
function foundBegin(
  { subject: { model } }: Asked,
  { around, all: rules }: RulesAround,
  asker: RangeAsker,
  matchers: readonly Matcher[],
  { save: file, pagesWithin }: ReplayArguments,
): Promise<number | undefined> {
  if (file === undefined && pagesWithin === undefined) return Promise.resolve(undefined);
  return answered(() => beganOf({ model, around, rules, asker, matchers }));
}

interface Asked {
  readonly subject: Subject;
  readonly models: readonly ApplicationModel[];
  readonly span: ReturnType<typeof spanOf>;
}

/** @throws UsageError */
function asked(text: string | undefined, options: ReplayArguments): Asked {
  if (text === undefined) {
    throw new UsageError('there is nothing to replay. Give a postmortem, a service, or --series.');
  }
  if ((options.prometheus as string | undefined) === undefined) {
    throw new UsageError(
      'there is nobody to ask. Give --prometheus <url>, or --series with a file that has the series.',
    );
  }
  if (text.endsWith('.md') && !fs.existsSync(text)) {
    throw new UsageError(`there is no file ${describe(text)}.`);
  }
  const head = fs.existsSync(text) ? headOf(text) : { ...options, subject: text };
  const { from, to } = head;
  if (from === undefined || to === undefined) {
    throw new UsageError(
      'a service is replayed over a time. Give --from and --to, or a postmortem.',
    );
  }
  const models = modelsOf(options.dist);
  const subject = subjectOf(models, head.subject, head);
  return { models, subject, span: spanOf(from, to, Date.now() / 1000) };
}
