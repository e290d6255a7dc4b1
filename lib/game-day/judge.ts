import { isoText } from '../foundation';
import { judgeAlert } from './judge-alert';
import { judgeHolds, judgeOnePage, judgeRecovery, judgeSilence } from './judge-effects';
import { judgeBaseline, judgeFault, judgeTraffic } from './judge-premises';
import type { Experiment } from './experiment';
import type { Gathered } from './gathered';
import type { Answer, Outcome, Verdict } from './verdict';

/**
 * What became of an experiment, by what is known of it. Where it was not quiet before, the fault was not there or too few asked, nothing that
 * happened refutes what was expected: the verdict is inconclusive then.
 */
export function judge(experiment: Experiment, gathered: Gathered): Verdict {
  const { expects } = experiment;
  const premises = [
    judgeBaseline(gathered),
    judgeFault(experiment, gathered),
    judgeTraffic(experiment, gathered),
  ].flatMap((each) => each ?? []);
  const effects = [
    ...expects.alerts.map((each) => judgeAlert(each, gathered)),
    judgeOnePage(expects, gathered),
    ...judgeSilence(expects, gathered),
    ...expects.holds.map((service) => judgeHolds(service, gathered)),
    judgeRecovery(expects, gathered),
  ];
  const failed = premises.filter(({ outcome }) => outcome !== 'held');
  const answers = [
    ...premises,
    ...effects.map((each) => (failed.length > 0 ? doubted(each) : each)),
  ];
  return { ...headOf(experiment, gathered), outcome: outcomeOf(answers), answers };
}

/** An experiment that was not made, and why: nobody can say what would have been. */
export const notMade = (
  experiment: Experiment,
  at: { readonly environment: string; readonly rehearsed: boolean; readonly moment: number },
  found: string,
): Verdict => ({
  ...headOf(experiment, { ...at, began: at.moment, ended: at.moment }),
  outcome: 'inconclusive',
  answers: [{ question: 'Was the fault there?', outcome: 'inconclusive', found, evidence: [] }],
});

const headOf = (
  { application, id }: Experiment,
  {
    environment,
    rehearsed,
    began,
    ended,
  }: Pick<Gathered, 'environment' | 'rehearsed' | 'began' | 'ended'>,
) => ({
  application,
  experiment: id,
  environment,
  rehearsed,
  began: isoText(began),
  ended: isoText(ended),
});

const doubted = (answer: Answer): Answer =>
  answer.outcome !== 'refuted'
    ? answer
    : {
        ...answer,
        outcome: 'inconclusive',
        found: `${answer.found} That says nothing, since the experiment was not as planned.`,
      };

/** Refuted by one answer, inconclusive by one that is and none that refutes. */
export function outcomeOf(answers: readonly Pick<Answer, 'outcome'>[]): Outcome {
  const is = (outcome: Outcome): boolean => answers.some((each) => each.outcome === outcome);
  if (is('refuted')) return 'refuted';
  return is('inconclusive') || answers.length === 0 ? 'inconclusive' : 'held';
}
