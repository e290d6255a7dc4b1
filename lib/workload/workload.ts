import type { WorkloadKind } from '../foundation';
import type { JobFacts } from './job';
import type { PodFacts } from './pod';
import type { ResolvedPort } from './port';

/** A workload with all its defaults: what every manifest of it is computed from. */
export interface Workload {
  readonly kind: WorkloadKind;
  readonly application: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly selector: Readonly<Record<string, string>>;
  readonly pod: PodFacts;
  readonly port?: ResolvedPort;
  readonly schedule?: ScheduleFacts;
  readonly migration?: MigrationFacts;
}

/** When a scheduled job runs and when it is given up. */
export interface ScheduleFacts extends JobFacts {
  readonly cron: string;
  readonly timeZone: string;
  readonly startingDeadlineSeconds: number;
}

/** Whose release waits for a migration, and how long it may take. */
export interface MigrationFacts extends JobFacts {
  readonly of: string;
}
