import { describe, nearest, type ApplicationModel, type EnvironmentModel } from '../../foundation';
import {
  experimentsOf,
  floorsOf,
  ofADay,
  type ClusterFacts,
  type Experiment,
  type Floors,
} from '../../game-day';
import { UsageError } from '../exit-code';
import { checkKnown } from '../models';

/** What a plan is about. */
export interface Asked {
  readonly model: ApplicationModel;
  readonly environment: EnvironmentModel;
}

/** The application and the environment that the command line names. @throws UsageError */
export function askedOf(
  models: readonly ApplicationModel[],
  application: string,
  environment: string,
): Asked {
  const names = models.map((each) => each.application);
  checkKnown('application', [application], names);
  const model = models.find((each) => each.application === application);
  const places = model?.environments ?? [];
  checkKnown(
    'environment',
    [environment],
    places.map(({ name }) => name),
  );
  const found = places.find(({ name }) => name === environment);
  if (model && found) return { model, environment: found };
  throw new UsageError(`${application} is in no environment.`);
}

/** What is done, and what else could be. */
export interface Chosen {
  readonly experiments: readonly Experiment[];
  readonly others: readonly string[];
}

/** The experiments that the command line names, in the order of a game day. @throws UsageError */
export function chosenOf({ model, environment }: Asked, given: readonly string[]): Chosen {
  const all = experimentsOf(model, environment);
  const wanted = given.filter((id) => id !== 'all');
  for (const id of wanted) checkHere(id, model, environment, all);
  const isAll = given.includes('all');
  const experiments =
    given.length === 0 ? ofADay(all) : all.filter(({ id }) => isAll || wanted.includes(id));
  const chosen = new Set(experiments);
  return { experiments, others: all.filter((each) => !chosen.has(each)).map(({ id }) => id) };
}

function checkHere(
  id: string,
  model: ApplicationModel,
  { name }: EnvironmentModel,
  here: readonly Experiment[],
): void {
  if (here.some((each) => each.id === id)) return;
  if (experimentsOf(model).some((each) => each.id === id)) {
    throw new UsageError(
      `${id} cannot be held in ${name}: what it needs, such as a second pod, is not there. Choose another environment.`,
    );
  }
  const near = nearest(
    id,
    here.map((each) => each.id),
  );
  const hint =
    near === undefined
      ? `There are ${here.map((each) => each.id).join(', ')}.`
      : `Did you mean ${near}?`;
  throw new UsageError(`${model.application} has no experiment ${describe(id)}. ${hint}`);
}

/** What has to be left of the budgets. @throws UsageError */
export function floorOf(percent: string): Floors {
  const number = /^\d{1,3}(\.\d+)?$/.test(percent) ? Number(percent) : NaN;
  if (number > 0 && number <= 100) return floorsOf(number / 100);
  throw new UsageError(
    `--budget-floor is ${describe(percent)}. Give a percentage above 0 and up to 100, such as 50.`,
  );
}

/** What the value of a label may be. */
const ZONE = /^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;

/** What the plan needs to know of the cluster. @throws UsageError */
export function clusterOf(prometheus: string, zone: string | undefined): ClusterFacts {
  if (zone !== undefined && !ZONE.test(zone)) {
    throw new UsageError(
      `--zone is ${describe(zone)}, which no label topology.kubernetes.io/zone can be. Give one of kubectl get nodes -L topology.kubernetes.io/zone.`,
    );
  }
  let url: URL | undefined;
  try {
    url = new URL(prometheus);
  } catch {
    url = undefined;
  }
  if (
    url &&
    ['http:', 'https:'].includes(url.protocol) &&
    url.username === '' &&
    url.search === ''
  ) {
    return { prometheus: prometheus.replace(/\/+$/, ''), ...(zone !== undefined && { zone }) };
  }
  // What it is stays untold: it may hold a password.
  throw new UsageError(
    '--cluster-prometheus is no address that Chaos Mesh could ask. Give one without credentials, such as http://prometheus-operated.monitoring:9090.',
  );
}
