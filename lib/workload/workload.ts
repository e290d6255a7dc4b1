import type { WorkloadKind } from '../foundation';
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
}

/** When a scheduled job runs and when it is given up. */
export interface ScheduleFacts {
  readonly cron: string;
  readonly timeZone: string;
  readonly startingDeadlineSeconds: number;
  readonly activeDeadlineSeconds: number;
  readonly retries: number;
}
