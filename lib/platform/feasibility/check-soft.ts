import { tryHardPath } from '../../dependency';
import type { Problem } from '../../foundation';
import { logOf, nameIn, type Graph } from './graph';

/**
 * Reports dependencies that are soft in name only: another way to them is hard. What shares its fate in other ways is not reported. That
 * several workloads lean on one database is how applications are made, and a fallback may well lean on what its caller leans on anyway: a
 * warning for each would be noise on every healthy application.
 */
export function checkSoft({ services, calls }: Graph): readonly Problem[] {
  const hard = calls.filter(({ soft }) => !soft);
  const reached = new Set(hard.map(({ to }) => to));
  return [...services.values()].flatMap((service) => {
    const log = logOf(service);
    for (const { to } of service.calls.filter((call) => call.soft && reached.has(call.to))) {
      const path = tryHardPath(hard, service.id, to)?.map((id) => nameIn(service, id));
      if (!path) continue;
      const [own = '', name = ''] = [path[0], path.at(-1)];
      const found = `${name} is marked soft, and ${own} cannot work without it: ${path.join(' -> ')}`;
      const fix = 'Mark another step of that way soft(…), or take soft(…) away here';
      log.warning('DependencyHardAnyway', found, fix);
    }
    return log.problems;
  });
}
