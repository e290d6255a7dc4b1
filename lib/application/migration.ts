import { Construct } from 'constructs';
import { describe, isBag, ProblemLog, type Captured, type Problem } from '../foundation';
import { isMeasured } from '../sizing';
import { LONGEST_MIGRATED, migrationName, STOCK_DRAIN_SECONDS } from '../workload';
import type { Application } from './application';
import type { GoldenObject } from './golden-object';
import type { Migrate } from './migrate-props';
import { resolveWorkload, type KindFacts } from './resolve-workload';
import { lockedWorkload } from './sizing-lock';
import type { Resolution } from './resolved-workload';
import { WorkloadObjects } from './workload-objects';
import type { RunningProps, WorkloadProps } from './workload-props';
import { migrationShape } from './workload-shape';

/** The workload that a migration belongs to. */
export interface MigratedWorkload {
  readonly construct: Construct;
  readonly application: Application;
  readonly source: Captured;
}

type MigrationProps = WorkloadProps & Migrate;

/** What brings the data of a workload to its release: a Job that is applied and awaited before the rest of the application. */
export class Migration extends Construct {
  /** The Job. Its name in the cluster ends with a hash of all that it consists of. */
  public readonly job: GoldenObject;
  public readonly networkPolicy: GoldenObject;

  /** Made by the workload whose props have `migrate`. @internal */
  public constructor(
    workload: MigratedWorkload,
    props: RunningProps & { readonly migrate: Migrate },
  ) {
    const { construct, application, source } = workload;
    super(construct, migrationName(construct.node.id));
    const objects = new WorkloadObjects(this, application);
    application.join({
      kind: 'migration',
      construct: this,
      source,
      settle: () => {
        objects.placeWaysIn();
      },
      resolve: () => resolveMigration(this, workload, migrationProps(props)),
    });
    // First, so that no pod is there before what isolates it.
    this.networkPolicy = objects.placeNetworkPolicy();
    this.job = objects.placeMigrationJob();
  }
}

/** The migration of a workload whose props, which may be anything, have one. */
export function tryMigration(workload: MigratedWorkload, props: unknown): Migration | undefined {
  const hasMigration = isBag(props) && isBag(props.migrate);
  return hasMigration ? new Migration(workload, props as never) : undefined;
}

/** What it has in common with the main container of its workload, and what is its own. */
function migrationProps({ migrate, ...props }: RunningProps & { readonly migrate: Migrate }) {
  const { image, runtime, env, files, scratch, user, uses, presence } = props;
  // It would run again whenever its size is measured anew.
  const size = isMeasured(props.size) ? props.size.measured.start : props.size;
  const common = { image, size, runtime, env, files, scratch, user, uses, presence };
  const entries = [...Object.entries(common), ...Object.entries(migrate)];
  const given = entries.filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as unknown as MigrationProps;
}

/** Its props are checked with those of the workload, which come first: whatever is wrong would be said twice. */
function resolveMigration(
  construct: Migration,
  workload: MigratedWorkload,
  props: MigrationProps,
): Resolution {
  const { application, source } = workload;
  const problems = checkName(workload);
  const { id } = construct.node;
  const locked = lockedWorkload(undefined, application.node.id, id);
  const place = { construct, source, application: application.node.id, locked };
  const facts = (given: MigrationProps) => kindFacts(workload.construct.node.id, given);
  const { resolved } = resolveWorkload('migration', place, migrationShape, props, facts);
  return { problems, ...(resolved && problems.length === 0 && { resolved }) };
}

function checkName({ construct, source }: MigratedWorkload): readonly Problem[] {
  const { id, path } = construct.node;
  const log = new ProblemLog(path, source);
  if (id.length > LONGEST_MIGRATED) {
    const found = `the id is ${describe(id)}, too long for the name of the Job that migrates`;
    const fix = `Use at most ${LONGEST_MIGRATED} characters, or leave out migrate`;
    log.error('IdInvalid', found, fix);
  }
  return log.problems;
}

const kindFacts = (of: string, { deadlineSeconds, retries }: MigrationProps): KindFacts => ({
  graceSeconds: STOCK_DRAIN_SECONDS,
  migration: { of, activeDeadlineSeconds: deadlineSeconds ?? 1800, retries: retries ?? 6 },
});
