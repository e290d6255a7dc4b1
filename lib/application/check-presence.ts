import { facets, grouped, ProblemLog, type EdgeModel, type Problem } from '../foundation';
import type { KnownPart } from './part';

/** Names of files that a workload with a presence of its own cannot take. */
const RESERVED: readonly string[] = ['application', 'environment', 'kustomization', ...facets];

/** Reports hard dependencies on something that is not there wherever the caller is. */
export function checkPresence(
  edges: readonly EdgeModel[],
  known: ReadonlyMap<string, KnownPart>,
): readonly Problem[] {
  const stagesOf = (name: string): readonly string[] | undefined =>
    known.get(name)?.resolved?.model.presence?.stages;
  const problems: Problem[] = [];
  const callees = grouped(edges, ({ from }) => from);
  for (const [name, { part, resolved }] of known) {
    // It is there wherever its workload is, and depends on the same.
    if (resolved?.workload.kind === 'migration') continue;
    const log = new ProblemLog(part.construct.node.path, part.source);
    if (stagesOf(name) && RESERVED.includes(name)) {
      const found = `its file would be ${name}.k8s.yaml, which has another meaning`;
      log.error('PresenceInvalid', found, 'Give the workload another id');
    }
    for (const { to, kind, soft } of callees.get(name) ?? []) {
      const there = kind === 'workload' && !soft ? stagesOf(to) : undefined;
      if (!there || stagesOf(name)?.every((stage) => there.includes(stage))) continue;
      const found = `it depends on ${to}, which exists in ${there.join(', ')} only`;
      const fix = 'Mark the dependency soft(…), or give both the same presence';
      log.error('DependencyAbsent', found, fix);
    }
    problems.push(...log.problems);
  }
  return problems;
}
