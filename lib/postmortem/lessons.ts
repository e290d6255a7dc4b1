import { code, listed } from '../incident';
import type { Impact } from './facts';
import type { Incident } from './incident';
import { human, percentOf } from './words';

/** What the data says went well, wrong, or only by luck not worse; and the question for more. */
export function lessonsPart(
  incident: Incident,
): Readonly<Record<'What went well' | 'What went wrong' | 'Where we were lucky', string>> {
  const part = (known: readonly string[], asked: string): string =>
    [...known.map((each) => `- ${each}`), `- ${human(asked)}`].join('\n');
  return {
    'What went well': part(well(incident), 'what else helped: tools, habits, earlier work'),
    'What went wrong': part(
      wrong(incident),
      'what else made it longer or worse, in systems and in how we work',
    ),
    'Where we were lucky': part(lucky(incident), 'what else could have made it worse, and did not'),
  };
}

function well({ detections, unharmed, impacts }: Incident): readonly string[] {
  const inTime = detections.filter(({ outcome }) => outcome === 'in time');
  const names = [...new Set(inTime.map(({ name }) => code(name)))];
  const causes = new Set(impacts.filter(({ role }) => role === 'cause').map(({ name }) => name));
  return [
    ...(names.length > 0 ? [`A page came as soon as predicted for ${listed(names)}.`] : []),
    ...(causes.size === 1
      ? [`One service was told as the cause: ${code([...causes][0] ?? '')}.`]
      : []),
    ...(unharmed.length > 0 && impacts.length > 0
      ? [`${listed(unharmed.map(code))} kept within their budgets.`]
      : []),
  ];
}

const WRONG = new Set(['late-page', 'no-page', 'not-seen', 'signal-missing', 'silenced']);

function wrong({ factors, impacts, firstMover }: Incident): readonly string[] {
  const others = impacts.filter(
    ({ role, name }) => role === 'cause' && firstMover && name !== firstMover.name,
  );
  return [
    ...factors
      .filter(({ kind }) => WRONG.has(kind) || kind === 'soft-acted-hard')
      .map(({ text }) => text),
    ...[...new Set(others.map(({ name }) => name))].map(
      (name) =>
        `${code(name)} was told as a cause, and ${code(firstMover?.name ?? '')} failed before it.`,
    ),
  ];
}

/** Below this share of the usual, traffic was low. */
const LOW = 0.5;

function lucky({ impacts, span }: Incident): readonly string[] {
  const share = ({ events = 0, usualTraffic = Infinity }: Impact): number =>
    events / (span.end - span.start) / usualTraffic;
  const quiet = impacts.filter((impact) => !impact.isByTime && share(impact) < LOW);
  const narrow = impacts.filter(({ leftAfter = 1 }) => leftAfter > 0 && leftAfter < 0.1);
  return [
    ...quiet.map(
      (impact) =>
        `Traffic of ${code(impact.name)} was low, ${percentOf(share(impact))} of the usual: at another hour more would have been hurt.`,
    ),
    ...narrow.map(
      ({ name, slo, leftAfter = 0 }) =>
        `${percentOf(leftAfter)} of the budget of ${slo} of ${code(name)} is left.`,
    ),
  ];
}
