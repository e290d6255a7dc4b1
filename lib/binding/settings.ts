import { settingsName } from '../application';
import { describe, type Manifest, type SettingModel, type WorkloadModel } from '../foundation';
import { bindingLog, workloadLabels, type Binding, type Bound } from './bound';
import { publishedText } from './published';

/** Marks what Reloader watches; inert without it. */
export const RELOAD: Readonly<Record<string, string>> = { 'reloader.stakater.com/match': 'true' };

/** The value of a setting here: what the team gave for this environment, or the address of what another application publishes. */
const tryValue = (bound: Bound, { values, published }: SettingModel): string | undefined =>
  published ? publishedText(bound, published) : bound.environment.tryResolve(values);

/** The values of a workload's settings here, by key. */
export function settingValues(
  bound: Bound,
  workload: WorkloadModel,
): Readonly<Record<string, string>> {
  const entries = workload.settings.map(
    (setting) => [setting.key, tryValue(bound, setting)] as const,
  );
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

/** One ConfigMap for each workload that has values which differ by environment. */
export function bindSettings(bound: Bound): Binding {
  const manifests: Manifest[] = [];
  const problems = bound.workloads.flatMap((workload) => {
    if (workload.settings.length === 0) return [];
    const log = bindingLog(bound, workload);
    for (const { variable, values, published } of workload.settings) {
      if (published || bound.environment.tryResolve(values) !== undefined) continue;
      const found = `env.${variable} has values for ${describe(Object.keys(values))} only`;
      log.error('SettingMissing', found, `Give a value for '${bound.environment.stage}'`);
    }
    manifests.push({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        name: settingsName(workload.name),
        labels: workloadLabels(bound, workload),
        annotations: RELOAD,
      },
      data: settingValues(bound, workload),
    });
    // Those of a migration are its workload's, who says it.
    return workload.kind === 'migration' ? [] : log.problems;
  });
  return { manifests, problems };
}
