import type { ApplicationDefaults } from '../application';
import type { Environment } from '../environment';
import { ProblemLog, type Problem } from '../foundation';

/** Reports environments whose mesh does not read the policies that the platform writes for all. */
export function checkMeshes(
  environments: readonly Environment[],
  { mesh: chosen }: Partial<ApplicationDefaults>,
): readonly Problem[] {
  return environments.flatMap(({ name, props, source }) => {
    const kind = props.mesh?.kind;
    if (kind === undefined || kind === chosen) return [];
    const log = new ProblemLog(`environment ${name}`, source);
    const choice = chosen === undefined ? 'none' : `'${chosen}'`;
    const found = `its mesh is '${kind}', and defaults.mesh of the platform is ${choice}`;
    const fix =
      chosen === undefined
        ? `Give the platform defaults: { mesh: '${kind}' }`
        : `Give the environment a mesh of '${chosen}', or none and a reason in omits.mesh`;
    log.error('EnvironmentInvalid', found, fix);
    return log.problems;
  });
}
