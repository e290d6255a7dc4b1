import type { PhaseOne } from '../application';
import type { Environment } from '../environment';
import { nearest, ProblemLog, type Problem } from '../foundation';

/**
 * Reports providers that are named for a backing service which its application does not have: the service that was meant would silently be
 * supplied by another. Applications that other repositories have may be named too.
 */
export function checkProviders(
  applications: readonly PhaseOne[],
  environments: readonly Environment[],
): readonly Problem[] {
  return environments.flatMap(({ name, source, props }) => {
    const log = new ProblemLog(`environment ${name}`, source);
    for (const key of Object.keys(props.providers ?? {})) {
      const [id = '', service] = key.split('/');
      const application = applications.find((each) => each.application === id);
      if (service === undefined || !application) continue;
      const known = application.services.map((each) => each.name);
      if (known.includes(service)) continue;
      const found = `providers.'${key}' is for a backing service that ${id} does not have`;
      const near = nearest(service, known);
      const others = known.length === 0 ? 'Remove it' : `Known are ${known.join(', ')}`;
      log.error('PropUnknown', found, near === undefined ? others : `Write '${id}/${near}'`);
    }
    return log.problems;
  });
}
