import { isoText, sealed } from '../foundation';
import { code, table } from '../incident';
import { actionLines } from './action-lines';
import type { Incident } from './incident';
import { detectionPart, impactPart, moverPart, summaryPart } from './known-parts';
import { lessonsPart } from './lessons';
import { human, momentOf, spanOf } from './words';

/** The parts that each postmortem has, in their order. */
export const PARTS = [
  'Summary',
  'Impact',
  'Timeline',
  'Detection',
  'Cause and symptoms',
  'Contributing factors',
  'How it ended',
  'What went well',
  'What went wrong',
  'Where we were lucky',
  'Action items',
  'What is not known',
] as const;

type Part = (typeof PARTS)[number];

/** Writes what is known of an incident, and what people have to add. */
export function postmortemText(incident: Incident): string {
  const { application, service, environment, span } = incident;
  const bodies: Readonly<Record<Part, string>> = {
    Summary: summaryPart(incident),
    Impact: impactPart(incident),
    Timeline: timelinePart(incident),
    Detection: detectionPart(incident),
    'Cause and symptoms': moverPart(incident),
    'Contributing factors': factorsPart(incident),
    'How it ended': human(
      'what ended it, and how one knew; by roles, such as the on-call engineer',
    ),
    ...lessonsPart(incident),
    'Action items': incident.actions.map(actionLines(incident)).join('\n\n'),
    'What is not known': gapsPart(incident),
  };
  const text = [
    frontMatter(incident),
    `# Postmortem: ${application}/${service} in ${environment}, ${momentOf(span.start).slice(0, 10)}`,
    ...PARTS.map((part) => `## ${part}\n\n${bodies[part]}`),
  ].join('\n\n');
  return sealed(`${text}\n`, 'postmortem');
}

/** By which the time can be replayed. */
const frontMatter = ({ application, service, environment, span, pace }: Incident): string =>
  [
    '---',
    'postmortem: 1',
    `application: ${application}`,
    `service: ${service}`,
    `environment: ${environment}`,
    `from: ${isoText(span.start)}`,
    `to: ${isoText(span.end)}`,
    ...(pace === 1 ? [] : [`pace: ${pace}`]),
    '---',
  ].join('\n');

function timelinePart({ timeline, span, uncertaintySeconds }: Incident): string {
  const rows = timeline.map(({ at, text, query }) => [momentOf(at), text, code(query)]);
  const rendered = table(['UTC', 'what', 'seen by'], rows, 'Nothing was seen.');
  const exact = `From ${momentOf(span.start)} to ${momentOf(span.end)}, with changes from a while before. Times are as close as samples are: what is seen may have happened up to ${spanOf(uncertaintySeconds)} before.`;
  return `${exact}\n\n${rendered}`;
}

function factorsPart({ factors }: Incident): string {
  const items = factors.map(({ text, query, asks }) =>
    [
      `- ${text}`,
      `  - Seen by: ${code(query)}`,
      ...(asks === undefined ? [] : [`  - ${human(asks)}`]),
      `  - ${human('whether it contributed, and by what way')}`,
    ].join('\n'),
  );
  const other = human(
    'what else contributed, of systems and of how we work; what made it look right at that time',
  );
  const before =
    'Asked of the data. What came before need not be what caused it, and one cause is seldom all.';
  return [before, ...(items.length > 0 ? [items.join('\n')] : []), other].join('\n\n');
}

function gapsPart({ gaps, server }: Incident): string {
  const lines = gaps.map(({ part, found, fix }) => {
    const help = fix === undefined ? '' : ` ${fix}.`;
    return `- ${part}: ${found}.${help}`;
  });
  return lines.length > 0 ? lines.join('\n') : `${server} answered all that was asked.`;
}
