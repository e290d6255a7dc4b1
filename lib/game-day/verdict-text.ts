import { cell } from '../incident';
import type { Experiment } from './experiment';
import type { Answer, Verdict } from './verdict';

/** Whose verdict it is, on one line: `held: fail-broker-under-api in prod, rehearsed`. */
export const verdictTitle = ({ outcome, experiment, environment, rehearsed }: Verdict): string =>
  `${outcome}: ${experiment} in ${environment}${rehearsed ? ', rehearsed' : ''}`;

/** A verdict for a terminal: a line for each answer. */
export const verdictText = (verdict: Verdict): string =>
  [
    verdictTitle(verdict),
    ...verdict.answers.map(
      ({ outcome, question, found }) =>
        `  ${outcome.padEnd('inconclusive'.length)}  ${question} ${found}`,
    ),
    '',
  ].join('\n');

/** A verdict as a page, with what was asked and answered. The experiment may be gone by now. */
export function verdictMarkdown(verdict: Verdict, experiment?: Experiment): string {
  const { application, environment, rehearsed, began, ended, outcome, answers } = verdict;
  const how = rehearsed ? `rehearsed with the rules of ${environment}` : `in ${environment}`;
  return [
    `# ${verdict.experiment} of ${application}: ${outcome}`,
    '',
    ...(experiment ? [`> ${experiment.hypothesis}`, ''] : []),
    `From ${began} to ${ended}, ${how}.`,
    ...(rehearsed ? ['', REHEARSED] : []),
    '',
    '| question | verdict | what was found |',
    '| -------- | ------- | -------------- |',
    ...answers.map(
      ({ question, outcome: each, found }) => `| ${cell(question)} | ${each} | ${cell(found)} |`,
    ),
    '',
    '## Evidence',
    '',
    ...answers.flatMap(evidenceLines),
  ]
    .join('\n')
    .trimEnd()
    .concat('\n');
}

const REHEARSED =
  'The services were emulated by what is declared of them: this shows what the rules and routes do, and not whether a service does as it is declared.';

const evidenceLines = ({ question, evidence }: Answer): readonly string[] =>
  evidence.length === 0
    ? []
    : [
        `- ${question}`,
        ...evidence.map(
          ({ at, value, query }) => `  - ${at}: ${value}, by \`${query.replaceAll('`', "'")}\``,
        ),
        '',
      ];
