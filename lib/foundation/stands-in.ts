import { MIGRATE } from './first';
import type { EnvironmentModel, WorkloadModel } from './model';

/**
 * Whether a workload stands in an environment. One with a presence of its own has a file of its own where it stands: also in an environment
 * that was made like the one that its presence names.
 */
export function standsIn(
  { name, kind, presence }: Pick<WorkloadModel, 'name' | 'kind' | 'presence'>,
  environment: Pick<EnvironmentModel, 'name' | 'stage' | 'files'>,
): boolean {
  const file = kind === 'migration' ? `${MIGRATE}/${name}` : name;
  return (
    !presence ||
    environment.files.includes(file) ||
    [environment.name, environment.stage].some((each) => presence.stages.includes(each))
  );
}
