import type { PhaseOneFile } from '../application';
import type { Environment } from '../environment';
import type { ProblemLog } from '../foundation';
import { namespaceInfo } from '../observability';
import { bindingLog, boundLabels, isPresent, type Binding, type Bound } from './bound';

/** Why an environment goes without rules; undefined where it has a Prometheus that takes them. */
export const signalsOmitted = ({ props }: Environment): string | undefined =>
  props.omits?.signals ?? props.omits?.observability;

/** Whether an environment has a Prometheus that takes rules. */
export const takesSignals = (environment: Environment): boolean =>
  environment.has('signals') && signalsOmitted(environment) === undefined;

/**
 * The environment in which a file of the facet `signals` stands for all that share a Prometheus: recordings that are there twice are wrong, and
 * so are dashboards. It is the last declared one, in which the workload of the file exists, and no preview if it can be: that is gone tomorrow.
 */
export function signalsHost(
  { workload }: PhaseOneFile,
  { environment, environments }: Bound,
): Environment | undefined {
  const able = environments.filter(
    (other) =>
      other.signals === environment.signals &&
      takesSignals(other) &&
      (workload === undefined || isPresent(workload, other)),
  );
  return able.findLast(({ likeName }) => likeName === undefined) ?? able.at(-1);
}

/** Whether a file of the facet `signals` stands here. */
export const isHost = (file: PhaseOneFile, bound: Bound): boolean =>
  signalsHost(file, bound)?.name === bound.environment.name;

/** Why the rules do not stand here, when they stand elsewhere. */
export function signalsElsewhere(bound: Bound): string | undefined {
  const { environment, phaseOne } = bound;
  const files = phaseOne.files.filter(({ facet }) => facet === 'signals');
  if (files.length === 0 || !takesSignals(environment)) return undefined;
  if (files.some((file) => isHost(file, bound))) return undefined;
  const host = files.map((file) => signalsHost(file, bound)).find((each) => each !== undefined);
  return (
    host && `they stand in ${host.name}, which shares its Prometheus: signals '${host.signals}'`
  );
}

/** Two environments of one Prometheus with one namespace: nothing in their series tells them apart. */
function checkApart(bound: Bound, log: ProblemLog): void {
  const { environment, environments, namespace, phaseOne } = bound;
  const index = environments.indexOf(environment);
  const other = environments
    .slice(0, Math.max(0, index))
    .find(
      (each) =>
        each.signals === environment.signals &&
        takesSignals(each) &&
        each.namespace(phaseOne.application) === namespace,
    );
  if (!other) return;
  const found = `namespace ${namespace} is that of ${other.name} too, and both are watched by the Prometheus '${environment.signals}', which could not tell them apart`;
  const fix = 'Give one of them another namespace, or signals of its own';
  log.error('EnvironmentInvalid', found, fix);
}

/** Whether the alerts of an application look at this environment. */
export const isWatched = ({ environment, phaseOne }: Bound): boolean =>
  phaseOne.files.some(({ facet }) => facet === 'signals') && takesSignals(environment);

/** Which namespace belongs to the application here: what its rules, wherever they stand, know this environment by. */
export function bindNamespaceInfo(bound: Bound): Binding {
  const { environment, namespace, phaseOne } = bound;
  if (!isWatched(bound)) return { manifests: [] };
  const { application } = phaseOne;
  const facts = { application, environment: environment.name, stage: environment.stage, namespace };
  const log = bindingLog(bound);
  checkApart(bound, log);
  const manifest = namespaceInfo(`${application}-namespace`, boundLabels(bound), facts);
  return { manifests: [manifest], problems: log.problems };
}
