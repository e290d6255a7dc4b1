import type { EnvironmentModel } from '../foundation';
import { SIGNAL_MISSING } from '../observability';
import type { ObjectiveNow } from './burning';
import { firstFew } from './first-few';
import type { Live } from './live';
import { declaredEdges, QUESTIONS, type Question } from './questions';
import { inEnvironment } from './tables';

/** Whether what a server says is about the place that is asked about. */
export interface Trust {
  /** Without it nothing that is not seen means that nothing is wrong. */
  readonly isKnown: boolean;
  /** What whoever reads must know first. */
  readonly warnings: readonly string[];
}

/** Each may be the only one that shows that something is wrong. */
const SIGNS = ['burn', 'paging', 'up', 'alerts'] as const satisfies readonly Question[];

/** Why nothing that is not seen means that nothing is wrong, though it is the right place. */
export function blindSpots(
  { answers, prometheus }: Live,
  objectives: readonly ObjectiveNow[],
  isSignalMissing: boolean,
): readonly string[] {
  const unanswered = SIGNS.filter((question) => !answers[question]);
  const isUnmeasured =
    objectives.length > 0 && objectives.every(({ state }) => state === 'no-data');
  return [
    ...(unanswered.length > 0
      ? [`${prometheus} did not tell ${unanswered.map((each) => QUESTIONS[each]).join(', ')}.`]
      : []),
    ...(isUnmeasured ? ['NONE OF ITS OBJECTIVES IS MEASURED: whether it works nobody knows.'] : []),
    ...(isSignalMissing ? [`${SIGNAL_MISSING} fires: what it promises is not measured.`] : []),
  ];
}

/** Judges whose data it is. */
export function trustIn(live: Live, environment: EnvironmentModel): Trust {
  const { answers, asking, prometheus } = live;
  const { application } = asking.subject.model;
  const isSilent = Object.values(answers).every((answer) => answer === undefined);
  if (isSilent) {
    return unknown(`${prometheus} TOLD NOTHING. What follows is from the definition alone.`);
  }
  if (!answers.places || !answers.states) {
    return unknown(
      `${prometheus} did not tell everything that this needs. Do not take it for all clear.`,
    );
  }
  const places = answers.places.filter(({ labels }) => labels.application === application);
  const here = inEnvironment(places, environment.name);
  const namespaces = here.map(({ labels }) => labels.namespace ?? '');
  if (here.length === 0) {
    return unknown(
      `${prometheus} HAS NO DATA of ${application} in ${environment.name}. ${others(live, places)} Another cluster's, or the rules are not loaded.`,
    );
  }
  if (!namespaces.includes(environment.namespace)) {
    return unknown(
      `${prometheus} HAS ANOTHER ${environment.name}: there ${application} is in ${firstFew(namespaces)}, not in ${environment.namespace}.`,
    );
  }
  return { isKnown: true, warnings: [...graphWarnings(live), ...severalWarnings(namespaces)] };
}

const unknown = (...warnings: readonly string[]): Trust => ({ isKnown: false, warnings });

function others({ answers }: Live, places: NonNullable<Live['answers']['places']>): string {
  const of = (label: string, rows: typeof places): readonly string[] => [
    ...new Set(rows.map(({ labels }) => labels[label] ?? '')),
  ];
  const environments = of('environment', places);
  if (environments.length > 0) return `It has ${firstFew(environments)} of it.`;
  const applications = of('application', answers.places ?? []);
  return applications.length > 0 ? `It has ${firstFew(applications)}.` : 'It has no application.';
}

/** The recorded graph is that of the definition which was released there. */
function graphWarnings({ answers, asking }: Live): readonly string[] {
  const { model } = asking.subject;
  const declared = declaredEdges(model);
  if (!answers.graph || declared.size === 0) return [];
  const recorded = new Set(
    answers.graph.map(({ labels }) => {
      const { service = '', depends_on: to = '', depends_on_application: other } = labels;
      return `${service} → ${other === model.application ? to : `${other ?? ''}/${to}`}`;
    }),
  );
  if (recorded.size === 0) return ['No graph is recorded: who is suspected is not known.'];
  const more = [...recorded].filter((edge) => !declared.has(edge));
  const less = [...declared].filter((edge) => !recorded.has(edge));
  if (more.length + less.length === 0) return [];
  const parts = [
    ...(less.length > 0 ? [`it lacks ${firstFew(less)}`] : []),
    ...(more.length > 0 ? [`it has ${firstFew(more)}`] : []),
  ];
  return [`The recorded graph is not that of this definition: ${parts.join('; ')}.`];
}

/** Several clusters behind one Prometheus, all with the same names. */
const severalWarnings = (namespaces: readonly string[]): readonly string[] =>
  new Set(namespaces).size > 1
    ? [`It stands in several namespaces there: ${firstFew(namespaces)}. Give --selector.`]
    : [];
