import { Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { Application, type PhaseOne } from '../application';
import type { PhaseTwo } from '../binding';
import type { Environment } from '../environment';
import {
  describe,
  grouped,
  isText,
  nearest,
  objectKey,
  ProblemLog,
  readable,
  type Problem,
} from '../foundation';

/** The folder of the tests of rules: they are the same for all environments, and no cluster is given them. */
export const TESTS = 'tests';

/** The folder of what a portal reads. */
export const CATALOG = 'catalog';

/** The folder of the runbooks, which are the same for all environments too. */
export const RUNBOOKS = 'runbooks';

/** The folders that no environment may have, and what they hold. */
const takenFolders: ReadonlyMap<string, string> = new Map([
  [TESTS, 'the tests of rules'],
  [CATALOG, 'the catalog'],
  [RUNBOOKS, 'the runbooks'],
]);

/** The folder of what belongs to no application, beside those of the applications. */
export const CLUSTER = 'cluster';

/** Reports charts that would be lost, and what constructs say of themselves by `node.addValidation`. */
export function checkTree(root: IConstruct): readonly Problem[] {
  return root.node.findAll().flatMap((construct) => {
    const { path, scopes } = construct.node;
    const application = scopes.findLast(Application.isApplication);
    const source = application?.partAround(construct)?.source ?? application?.source;
    const log = new ProblemLog(path === '' ? 'platform' : path, source);
    if (Chart.isChart(construct) && !application) {
      const found = 'it is a Chart outside of every Application';
      log.error('ChartOutsideApplication', found, 'Make it an Application, with an owner');
    }
    if (Application.isApplication(construct) && construct.node.id === CLUSTER) {
      const found = `${CLUSTER} is the folder of what belongs to no application`;
      log.error('IdTaken', found, 'Give the application another id');
    }
    for (const message of validate(construct)) {
      const said = describe(isText(message) ? readable(message) : message);
      log.error('ValidationFailed', `a validation says ${said}`, 'Mend what it names');
    }
    return log.problems;
  });
}

/** What the validations of a construct say. They are the team's own, and may throw. */
function validate(construct: IConstruct): readonly unknown[] {
  try {
    return construct.node.validate();
  } catch (error) {
    return [error instanceof Error ? error.message : error];
  }
}

/** Reports environments of one name, and one whose folder is taken. */
export function checkNames(environments: readonly Environment[]): readonly Problem[] {
  return [...checkTaken(environments), ...checkUnique(environments)];
}

function checkTaken(environments: readonly Environment[]): readonly Problem[] {
  return environments
    .filter(({ name }) => takenFolders.has(name))
    .flatMap(({ name, source }) => {
      const log = new ProblemLog(`environment ${name}`, source);
      const found = `its folder would be that of ${takenFolders.get(name) ?? name}`;
      log.error('EnvironmentInvalid', found, 'Give the environment another name');
      return log.problems;
    });
}

function checkUnique(environments: readonly Environment[]): readonly Problem[] {
  const names = environments.map(({ name }) => name);
  return environments
    .filter(({ name }, index) => isText(name) && names.indexOf(name) !== index)
    .flatMap(({ name, source }) => {
      const log = new ProblemLog(`environment ${name}`, source);
      log.error('EnvironmentInvalid', `two environments are named '${name}'`, 'Rename one of them');
      return log.problems;
    });
}

/** Reports values and presences for environments and stages that the platform does not have. */
export function checkKnown(
  phaseOne: PhaseOne,
  environments: readonly Environment[],
): readonly Problem[] {
  const known = [...new Set(environments.flatMap(({ lookup }) => lookup).filter(isText))];
  return phaseOne.workloads.flatMap(({ kind, path, settings, presence }) => {
    // A migration has the settings and the presence of its workload.
    if (kind === 'migration') return [];
    const log = new ProblemLog(path, phaseOne.sourceOf(path));
    const check = (name: string, place: string): void => {
      if (known.includes(name)) return;
      const near = nearest(name, known);
      const fix = near === undefined ? `Use one of ${known.join(', ')}` : `Write '${near}'`;
      log.error('EnvironmentUnknown', `${place} names '${name}'`, fix);
    };
    for (const { variable, values } of settings) {
      for (const name of Object.keys(values)) check(name, `env.${variable}`);
    }
    for (const name of presence?.stages ?? []) check(name, 'presence.stages');
    return log.problems;
  });
}

/** Reports objects of one name that two applications put into one namespace, and quotas that would count each other's pods. */
export function checkNamespaces(bindings: readonly PhaseTwo[]): readonly Problem[] {
  const place = ({ bound }: PhaseTwo): string => `${bound.environment.name} ${bound.namespace}`;
  const shared = [...grouped(bindings, place).values()].filter((group) => group.length > 1);
  return [...checkObjects(shared.flat()), ...shared.flatMap(checkQuotas)];
}

function checkQuotas([first, ...others]: readonly PhaseTwo[]): readonly Problem[] {
  if (first?.bound.environment.props.quota === undefined) return [];
  const { namespace } = first.bound;
  return others.flatMap(({ bound: { environment, phaseOne } }) => {
    const log = new ProblemLog(
      `${phaseOne.path} in ${environment.name}`,
      phaseOne.sourceOf(phaseOne.path),
    );
    const found = `the environment has a quota, which in namespace ${namespace} would count the pods of ${first.bound.phaseOne.path} too`;
    const fix = 'Give each application a namespace, or the environment no quota';
    log.error('EnvironmentInvalid', found, fix);
    return log.problems;
  });
}

function checkObjects(shared: readonly PhaseTwo[]): readonly Problem[] {
  const owners = new Map<string, string>();
  return shared.flatMap(({ bound, manifests, files }) => {
    const { environment, namespace, phaseOne } = bound;
    const log = new ProblemLog(
      `${phaseOne.path} in ${environment.name}`,
      phaseOne.sourceOf(phaseOne.path),
    );
    const all = [
      ...manifests,
      ...files.flatMap(({ objects }) => objects.map(({ manifest }) => manifest)),
    ];
    for (const manifest of all) {
      const key = `${environment.name} ${namespace} ${objectKey(manifest)}`;
      const owner = owners.get(key);
      owners.set(key, phaseOne.path);
      if (owner === undefined || owner === phaseOne.path) continue;
      const found = `${objectKey(manifest)} in namespace ${namespace} is also made by ${owner}`;
      log.error('ObjectNameTaken', found, 'Rename one, or give each application a namespace');
    }
    return log.problems;
  });
}
