import { isBag, isList, type ApplicationModel, type EnvironmentModel } from '../../foundation';
import { GAME_DAY_POLICY } from '../../game-day';
import type { Rehearsal } from '../../rehearsal';
import type { OutputFiles } from '../output-files';
import { UsageError } from '../exit-code';
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
  const folders = foldersOf(model, here, model.application);
  for (const folder of folders) checkSignals(files, model, folder);
  const groups = folders
    .flatMap((folder) => groupsIn(files, folder))
    .map((group) => ({
      ...group,
      rules: group.rules.filter(({ labels }) => (labels?.environment ?? here.name) === here.name),
    }));
  return groups.filter(
    ({ name, rules }, index) =>
      rules.length > 0 && groups.findIndex((each) => each.name === name) === index,
  );
}

const SIGNALS = 'signals';

/** Of the file that makes objectives into rules, the model says where it is: without it nothing would fire, which says nothing. @throws UsageError */
function checkSignals(
  files: OutputFiles,
  { environments }: ApplicationModel,
  folder: string,
): void {
  const file = `${folder}/${SIGNALS}.k8s.yaml`;
  const isRendered = environments.some(
    (each) => folder.startsWith(`${each.name}/`) && each.files.includes(SIGNALS),
  );
  if (!isRendered || files.list(folder).includes(file)) return;
  throw new UsageError(
    `there is no file ${files.nameOf(file)}, which holds the rules and alerts by the model beside it. Run golden-path synth.`,
  );
}

/** @throws UsageError where something else stands in their place */
function groupsIn(files: OutputFiles, folder: string): readonly RuleGroup[] {
  const specs = specsIn(files, folder, 'PrometheusRule');
  const groups = specs.flatMap((spec) =>
    isBag(spec) && isList(spec.groups) ? spec.groups : [undefined],
  );
  if (groups.every(isGroup)) return groups;
  throw new UsageError(
    `a PrometheusRule in ${files.nameOf(folder)} is broken: each of its groups has a name, an interval, and rules with an expression. Run golden-path synth.`,
  );
}

const isGroup = (group: unknown): group is RuleGroup =>
  isBag(group) &&
  [group.name, group.interval].every((each) => typeof each === 'string') &&
  isList(group.rules) &&
  group.rules.every((rule) => isBag(rule) && typeof rule.expr === 'string');

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
