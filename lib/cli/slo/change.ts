import { isDeepStrictEqual } from 'node:util';
import { aligned } from '../aligned';
import {
  budgetText,
  detections,
  detectionText,
  objectiveText,
  type ServiceObjective,
} from './objectives';
import { detectionHeads } from './table';

/** What became of one objective. */
export interface ObjectiveChange {
  readonly change: 'added' | 'removed' | 'changed';
  readonly id: string;
  readonly before?: ServiceObjective;
  readonly after?: ServiceObjective;
}

/** What differs between the objectives of two syntheses, sorted by id. */
export function objectiveChanges(
  before: readonly ServiceObjective[],
  after: readonly ServiceObjective[],
): readonly ObjectiveChange[] {
  const [old, now] = [byId(before), byId(after)];
  const ids = [...new Set([...old.keys(), ...now.keys()])].sort();
  return ids.flatMap((id): readonly ObjectiveChange[] => {
    const [was, is] = [old.get(id), now.get(id)];
    if (!was) return is ? [{ change: 'added', id, after: is }] : [];
    if (!is) return [{ change: 'removed', id, before: was }];
    const isSame = isDeepStrictEqual(was.objective, is.objective);
    return isSame ? [] : [{ change: 'changed', id, before: was, after: is }];
  });
}

const byId = (objectives: readonly ServiceObjective[]): ReadonlyMap<string, ServiceObjective> =>
  new Map(objectives.map((each) => [each.objective.id, each]));

const heads = ['change', 'objective', 'is', 'from', 'budget', ...detectionHeads];

/** A row for each objective that differs; what changed with an arrow. */
export function changesTable(changes: readonly ObjectiveChange[]): string {
  const rows = changes.map(({ change, id, before, after }) => {
    const cells = [before, after].flatMap((each) => (each ? [cellsOf(each)] : []));
    const [was = [], is = was] = cells;
    return [change, id, ...was.map((cell, at) => arrow(cell, is[at] ?? cell))];
  });
  return `${aligned([heads, ...rows])}\n`;
}

const arrow = (before: string, after: string): string =>
  before === after ? after : `${before} -> ${after}`;

const cellsOf = ({ objective }: ServiceObjective): readonly string[] => [
  objectiveText(objective),
  objective.from,
  budgetText(objective.budgetMinutes),
  ...detections.map((each) => detectionText(objective, each)),
];

/** The same as data. */
export function changesJson(changes: readonly ObjectiveChange[], against: string): string {
  const rows = changes.map(({ change, id, before, after }) => {
    const given = after ?? before;
    return {
      change,
      id,
      ...(given && { application: given.application, service: given.service }),
      ...(before && { before: before.objective }),
      ...(after && { after: after.objective }),
    };
  });
  return `${JSON.stringify({ version: 1, against, changes: rows }, null, 2)}\n`;
}
