import { ProblemLog, type Problem, type WorkloadKind } from '../foundation';
import { declaredAt } from './declared';
import type { Part } from './part';

const NAMES: Readonly<Record<WorkloadKind, string>> = {
  'web-service': 'web service',
  worker: 'worker',
  'scheduled-job': 'scheduled job',
  migration: 'migration',
};

/** Reports two workloads of one id: all objects of theirs would have the same names. */
export function checkTaken(first: Part, second: Part): readonly Problem[] {
  const migration = [first, second].find(({ kind }) => kind === 'migration');
  // A team chose the id of the other one.
  const part = migration === second ? first : second;
  const other = part === first ? second : first;
  const log = new ProblemLog(part.construct.node.path, part.source);
  const { id, path, scope } = other.construct.node;
  const what =
    other.kind === 'migration'
      ? `the migration of ${scope?.node.id ?? ''} is called ${id} too`
      : `${path} is a ${NAMES[other.kind]} of that id too`;
  log.error('IdTaken', `${what}${declaredAt(other.construct)}`, 'Give it an id of its own');
  return log.problems;
}
