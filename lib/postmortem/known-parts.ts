import { overspentText } from '../foundation';
import { code, listed, table } from '../incident';
import type { Detection } from './detection';
import type { Impact } from './facts';
import { GROUP_WAIT_SECONDS } from './heard';
import type { Incident } from './incident';
import { countOf, human, lastingOf, momentOf, percentOf, spanOf } from './words';

/** What happened, in three sentences. */
export function summaryPart(incident: Incident): string {
  const { application, service, environment, impacts, begin, end, firstMover, pace } = incident;
  const where = `${code(service)} of ${code(application)} in ${code(environment)}`;
  const when =
    begin === undefined
      ? `No objective of ${where} or of what is around it went beyond its budget.`
      : end === undefined
        ? `From ${momentOf(begin)} UTC on, objectives around ${where} were beyond their budgets, and were still so when the time ended.`
        : `From ${momentOf(begin)} to ${momentOf(end)} UTC (${lastingOf(end - begin, pace)}), objectives around ${where} were beyond their budgets.`;
  const worst = [...impacts].sort((a, b) => b.budgetShare - a.budgetShare)[0];
  const lost = worst
    ? `Most was lost by ${code(worst.name)}: ${percentOf(worst.budgetShare)} of the budget of ${worst.slo} of 30 days.`
    : '';
  const first = firstMover ? `First to fail was ${code(firstMover.name)}.` : '';
  const text = [when, lost, first].filter((each) => each !== '').join(' ');
  return [
    text,
    human('what people outside noticed, in one or two sentences'),
    `Responders: ${human('the roles, such as the on-call engineer of the owning team; no names')}`,
  ].join('\n\n');
}

const IMPACT_HEADS = [
  ...['service', 'people outside reach it', 'objective', 'role', 'beyond its budget for'],
  ...['bad events', 'budget of 30 days lost', 'left after'],
];

/** What it did to each objective, and to whom. */
export function impactPart(incident: Incident): string {
  const { impacts, unharmed, hurt, firstMover, pace } = incident;
  const rows = impacts.map((impact) => [
    code(impact.name),
    impact.isExposed ? 'yes' : 'no',
    `${impact.slo}, ${impact.objective} %`,
    impact.role,
    lastingOf(impact.burningSeconds, pace),
    eventsText(impact, pace),
    `${percentOf(impact.budgetShare)}${impact.isByTime ? ', by time' : ''}`,
    impact.leftAfter === undefined
      ? 'not known'
      : (overspentText(impact.leftAfter) ?? percentOf(impact.leftAfter)),
  ]);
  const callers =
    firstMover && hurt.length > 0
      ? `Hurt by ${code(firstMover.name)}: ${listed(hurt.map(code))}.`
      : '';
  const kept =
    unharmed.length > 0
      ? `Around it, and within their budgets: ${listed(unharmed.map(code))}.`
      : '';
  const how = impacts.some(({ isByTime }) => isByTime)
    ? 'By time: while nobody counted events each second counts as much as another, and that is more than what was counted.'
    : '';
  return [table(IMPACT_HEADS, rows, 'No objective went beyond its budget.'), callers, kept, how]
    .filter((each) => each !== '')
    .join('\n\n');
}

function eventsText(impact: Impact, pace: number): string {
  const { badEvents, events, isByTime, uncountedSeconds } = impact;
  if (badEvents === undefined || events === undefined) return 'not counted';
  if (!isByTime) return `${countOf(badEvents)} of ${countOf(events)}`;
  return badEvents === 0
    ? 'not counted'
    : `${countOf(badEvents)} of ${countOf(events)}, and not counted for ${lastingOf(uncountedSeconds, pace)}`;
}

/** What was predicted of the failure that it was, and what came. */
export function detectionPart({ detections, uncertaintySeconds, pace }: Incident): string {
  const rows = detections.map((each) => [
    code(each.name),
    each.slo,
    momentOf(each.burningSince),
    percentOf(each.errorRatio),
    each.predictedSeconds === undefined ? 'none' : lastingOf(each.predictedSeconds, pace),
    actualText(each, pace),
    each.outcome,
    code(each.query),
  ]);
  const heads = [
    'service',
    'objective',
    'beyond its budget since',
    'bad events',
    'page predicted within',
    'told after',
    'so it was',
    'seen by',
  ];
  const rendered = table(heads, rows, 'Nothing went beyond its budget, so no page was predicted.');
  return rows.length === 0
    ? rendered
    : `${rendered}\n\nThe prediction is the model's, of today, for this share of bad events; it has a scrape, two evaluations and the wait of Alertmanager in it. So that wait, ${lastingOf(GROUP_WAIT_SECONDS / pace, pace)} where the platform says nothing else, is added to the moment at which Prometheus saw a page fire; while it is silenced, nobody is told. In time is what came within the prediction, give or take ${spanOf(uncertaintySeconds)}.`;
}

function actualText({ actualSeconds, alert = '', unheard }: Detection, pace: number): string {
  const told =
    actualSeconds === undefined ? 'never' : `${lastingOf(actualSeconds, pace)}: ${alert}`;
  return unheard.length === 0 ? told : `${told} (told nobody of it: ${unheard.join('; ')})`;
}

/** Who was first, who was where to look, and who only hurt. */
export function moverPart({ firstMover, impacts, uncertaintySeconds }: Incident): string {
  const of = (role: Impact['role']): readonly string[] => [
    ...new Set(impacts.filter((impact) => impact.role === role).map(({ name }) => code(name))),
  ];
  const roles = [
    ['Told as the cause by the rules', of('cause')] as const,
    ['Told as symptoms', of('symptom')] as const,
    ['Beyond their budgets, and not told of by a page', of('not told')] as const,
  ].filter(([, names]) => names.length > 0);
  const first = firstMover
    ? `First of those around it: ${code(firstMover.name)} at ${momentOf(firstMover.at)} UTC, when ${firstMover.sign}${firstMover.isOpenAtStart ? ' (it was so already when the time began)' : ''}; seen by ${code(firstMover.query)}.`
    : 'Nothing around it was seen to fail.';
  const together =
    firstMover && firstMover.together.length > 0
      ? ` Within ${spanOf(uncertaintySeconds)} of it, which samples cannot tell apart: ${listed(firstMover.together.map(code))}. Of these most cannot work without ${code(firstMover.name)}.`
      : '';
  const lines = roles.map(([what, names]) => `- ${what}: ${listed(names)}.`);
  return [`${first}${together}`, ...(lines.length > 0 ? [lines.join('\n')] : [])].join('\n\n');
}
