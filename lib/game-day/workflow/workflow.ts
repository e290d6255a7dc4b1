import type { WorkflowSpec, WorkflowSpecTemplates } from '../../../imports/chaos-mesh.org';
import {
  applicationLabels,
  shortName,
  sortedManifest,
  type Manifest,
  type Plain,
} from '../../foundation';
import { guardChecks, queryUrl, refusing, startChecks, type Check } from '../checks';
import type { Experiment } from '../experiment';
import { BASELINE_SECONDS } from '../judge-premises';
import type { Planned } from '../plan/planned';
import type { ClusterFacts, Injected } from './injection';

type Template = Plain<WorkflowSpecTemplates>;

/** The time between two questions. */
export const INTERVAL_SECONDS = 10;
/** How long one question may take. */
export const TIMEOUT_SECONDS = 5;
/** Half a minute without an answer, or with a bad one, ends it: a single one may be the network's. */
export const FAILURES = 3;
/** Kubernetes makes names of these, with more at their end; labels take 63 characters. */
const LONGEST_NAME = 40;

const stepName = ({ id }: Experiment, step?: string): string =>
  [shortName(id, LONGEST_NAME), step].filter((each) => each !== undefined).join('-');

/** The name of the Workflow of an application's game day: one at a time. */
export const workflowName = (application: string): string =>
  shortName(`game-day-${application}`, LONGEST_NAME);

/**
 * All experiments of a game day that Chaos Mesh can do, one after the other: a baseline, the fault beside its guard, and the time to recover.
 * Every step has a deadline, which ends its fault. Undefined where there is nothing for it to do.
 * @see https://chaos-mesh.org/docs/create-chaos-mesh-workflow/
 */
export function tryWorkflow(planned: Planned): Manifest | undefined {
  const steps = planned.experiments.flatMap(({ experiment, injection }) =>
    injection.template ? [{ experiment, injected: injection.template }] : [],
  );
  if (steps.length === 0) return undefined;
  const templates = steps.flatMap(({ experiment, injected }) =>
    templatesOf(experiment, injected, planned),
  );
  const names = steps.map(({ experiment }) => stepName(experiment));
  const total = steps.reduce((sum, { experiment }) => sum + wholeSeconds(experiment), 0);
  const { model, environment } = planned.place;
  const spec: Plain<WorkflowSpec> = {
    entry: 'game-day',
    templates: [serial('game-day', total, names), ...templates],
  };
  const metadata = {
    name: workflowName(model.application),
    namespace: environment.namespace,
    labels: {
      ...applicationLabels(model.application),
      'golden-path/game-day': model.application,
    },
  };
  const apiVersion = 'chaos-mesh.org/v1alpha1';
  return sortedManifest({ apiVersion, kind: 'Workflow', metadata, spec });
}

/** How long an experiment takes with its baseline and its recovery. */
export const wholeSeconds = ({ seconds, expects }: Experiment): number =>
  BASELINE_SECONDS + 2 * TIMEOUT_SECONDS * FAILURES + seconds + expects.recoversWithinSeconds;

const text = (seconds: number): string => `${seconds}s`;

const serial = (name: string, seconds: number, children: string[]): Template => ({
  ...{ name, templateType: 'Serial', deadline: text(seconds), children },
});

function templatesOf(
  experiment: Experiment,
  injected: Injected,
  { place, floors, cluster }: Planned,
): readonly Template[] {
  const { seconds, expects } = experiment;
  const name = (step: string): string => stepName(experiment, step);
  const steps = [name('baseline'), name('guarded'), name('recovery')];
  return [
    serial(stepName(experiment), wholeSeconds(experiment), steps),
    baseline(name('baseline'), startChecks(experiment, place, floors), cluster),
    {
      ...{ name: name('guarded'), templateType: 'Parallel', deadline: text(seconds) },
      children: [name('guard'), name('fault')],
    },
    guard(name('guard'), seconds, guardChecks(place, floors), cluster),
    { ...injected, name: name('fault'), deadline: text(seconds) },
    {
      ...{ name: name('recovery'), templateType: 'Suspend' },
      deadline: text(expects.recoversWithinSeconds),
    },
  ];
}

/** All is well for a while, or nothing begins. */
const baseline = (name: string, checks: readonly Check[], cluster: ClusterFacts): Template => ({
  ...{ name, templateType: 'StatusCheck', abortWithStatusCheck: true },
  deadline: text(BASELINE_SECONDS + 2 * TIMEOUT_SECONDS * FAILURES),
  statusCheck: {
    ...{ type: 'HTTP', mode: 'Synchronous' },
    ...{ intervalSeconds: INTERVAL_SECONDS, timeoutSeconds: TIMEOUT_SECONDS },
    failureThreshold: 1,
    successThreshold: BASELINE_SECONDS / INTERVAL_SECONDS,
    http: asked(checks, cluster),
  },
});

const guard = (
  name: string,
  seconds: number,
  checks: readonly Check[],
  cluster: ClusterFacts,
): Template => ({
  ...{ name, templateType: 'StatusCheck', abortWithStatusCheck: true },
  deadline: text(seconds),
  statusCheck: {
    ...{ type: 'HTTP', mode: 'Continuous' },
    ...{ intervalSeconds: INTERVAL_SECONDS, timeoutSeconds: TIMEOUT_SECONDS },
    ...{ failureThreshold: FAILURES, successThreshold: 1 },
    http: asked(checks, cluster),
  },
});

const asked = (
  checks: readonly Check[],
  { prometheus }: ClusterFacts,
): NonNullable<NonNullable<Template['statusCheck']>['http']> => ({
  method: 'GET',
  url: queryUrl(prometheus, refusing(checks)),
  criteria: { statusCode: '200' },
});
