import type { Construct } from 'constructs';
import {
  misplaced,
  noTextConstruct,
  type Captured,
  type Fields,
  type ProblemLog,
  type WorkloadKind,
} from '../foundation';
import { checkId } from './admit';
import type { Application } from './application';
import { placeDashboard } from './dashboard-objects';
import { placeMeshObjects } from './mesh-objects';
import { placeSignals } from './signal-objects';
import { resolveWorkload, type KindFacts } from './resolve-workload';
import { WorkloadObjects } from './workload-objects';
import { lockedWorkload } from './sizing-lock';
import type { WorkloadProps } from './workload-props';

/** Where a workload was made. */
export interface JoinPlace {
  readonly construct: Construct;
  /** The id as given, before a free one was found for it. */
  readonly id: unknown;
  readonly application: Application;
  readonly source: Captured;
  /** @default 63 */
  readonly longestId?: number;
}

/** Makes a workload part of its application. Nothing is looked at yet: constructors only store. */
export function joinApplication<P extends WorkloadProps>(
  kind: WorkloadKind,
  place: JoinPlace,
  shape: Fields,
  props: P,
  facts: (props: P, log: ProblemLog) => KindFacts,
): WorkloadObjects {
  const { construct, application, source, id } = place;
  noTextConstruct(construct, () => misplaced(construct));
  const objects = new WorkloadObjects(construct, application);
  application.join({
    kind,
    construct,
    source,
    settle: () => {
      objects.placeWaysIn();
      placeMeshObjects(construct, application);
      placeSignals(construct, application);
      placeDashboard(construct, application);
    },
    resolve: () => {
      const problems = checkId(construct, id, source, place.longestId ?? 63);
      const { id: name } = application.node;
      const locked = lockedWorkload(application.sizes(), name, construct.node.id);
      const where = { construct, source, application: name, locked };
      const resolution = resolveWorkload(kind, where, shape, props, facts);
      const { resolved } = resolution;
      return {
        problems: [...problems, ...resolution.problems],
        // Every object is named by the id.
        ...(resolved && problems.length === 0 && { resolved }),
      };
    },
  });
  return objects;
}
