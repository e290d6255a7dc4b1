import { isoText } from '../foundation';
import { code, listed } from '../incident';
import type { Action } from './actions';
import type { Incident } from './incident';
import { human } from './words';

/** An action item, with what only people know of it. */
export const actionLines =
  (incident: Incident) =>
  (action: Action, index: number): string =>
    [
      `### ${index + 1}. ${action.title}`,
      '',
      `- **Type**: ${action.type}`,
      `- **Owner**: ${human('the team or the role that does it')}`,
      `- **Due**: ${human('a day, such as 2027-01-31')}`,
      '- **State**: open',
      `- **Definition**: ${definitionText(incident, action)}`,
      `- **Game day**: ${gameDayText(action)}`,
      ...(action.definition === undefined ? [] : ['', '```ts', action.definition, '```']),
    ].join('\n');

function definitionText(incident: Incident, { factor, definition }: Action): string {
  if (factor === 'regression') {
    const { application, service, environment, span } = incident;
    if (incident.pace !== 1) return 'none: the rules of a rehearsal are faster than any others';
    const times = `--from ${isoText(span.start)} --to ${isoText(span.end)}`;
    const replay = 'npx golden-path postmortem replay';
    const file = `incidents/${isoText(span.start).slice(0, 'YYYY-MM-DD'.length)}-${service}.json`;
    const save = `${replay} ${application}/${service} --environment ${environment} ${times} --prometheus <url> --save ${file}`;
    return `none; ${code(save)} keeps its series beside this page while a server still has them, and ${code(`${replay} --series ${file} --pages-within 5m`)} in CI holds the rules of any later day against them`;
  }
  return definition === undefined
    ? 'none that would help: this is about how people work, or about the program itself'
    : 'for example as below';
}

function gameDayText({ gameDay: { claim, experiments, subject } }: Action): string {
  return experiments.length > 0
    ? `${listed(experiments.map(code))}, which puts the claim ${code(claim)} to the test, would have shown it`
    : `one that puts the claim ${code(claim)} of ${code(subject)} to the test would have shown it`;
}
