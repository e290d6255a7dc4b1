import { isBag, isList, type ApplicationModel, type EnvironmentModel } from '../../foundation';
import { GAME_DAY_POLICY } from '../../game-day';
import type { Rehearsal } from '../../rehearsal';
import type { OutputFiles } from '../output-files';
import { specsIn } from '../rendered-manifests';

type RuleGroup = Rehearsal['groups'][number];

/** The folders of the environments that share a Prometheus with one. */
const foldersOf = (
  { environments }: ApplicationModel,
  { signals }: EnvironmentModel,
  below: string,
): readonly string[] =>
  environments.filter((each) => each.signals === signals).map(({ name }) => `${name}/${below}`);

/**
 * The rules of an application in an environment, as they are rendered. They stand in any of the environments that share its Prometheus; those
 * that say of another one which namespaces it has are left out.
 */
export function groupsOf(
  files: OutputFiles,
  model: ApplicationModel,
  here: EnvironmentModel,
): readonly RuleGroup[] {
  const groups = foldersOf(model, here, model.application)
    .flatMap((folder) => specsIn(files, folder, 'PrometheusRule'))
    .flatMap((spec) => (isBag(spec) && isList(spec.groups) ? spec.groups : []))
    .filter(
      (group): group is RuleGroup & Readonly<Record<string, unknown>> =>
        isBag(group) && typeof group.interval === 'string' && isList(group.rules),
    )
    .map((group) => ({
      ...group,
      rules: group.rules.filter(({ labels }) => (labels?.environment ?? here.name) === here.name),
    }));
  return groups.filter(
    ({ name, rules }, index) =>
      rules.length > 0 && groups.findIndex((each) => each.name === name) === index,
  );
}

/** Whether what is rendered for the cluster of an environment has the policy that keeps faults where they are allowed. */
export const isRefusing = (files: OutputFiles, { name }: EnvironmentModel): boolean =>
  specsIn(files, `${name}/cluster`, 'ValidatingAdmissionPolicyBinding').some(
    (spec) => isBag(spec) && spec.policyName === GAME_DAY_POLICY,
  );

/** The routes of the Alertmanager that an environment's alerts come to; undefined where this repository renders none. */
export const tryRouting = (
  files: OutputFiles,
  model: ApplicationModel,
  here: EnvironmentModel,
): unknown =>
  ['cluster', model.application]
    .flatMap((below) => foldersOf(model, here, below))
    .flatMap((folder) => specsIn(files, folder, 'AlertmanagerConfig'))[0];
