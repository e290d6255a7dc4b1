import { kubectl, ofMigration, ofPods, runner } from '../kubectl';
import { timeText } from '../markdown';
import type { Signatures } from './signature';

/** What may befall what runs to its end. */
export const jobSignatures: Signatures = {
  ScheduledJobFailed: (facts) => ({
    looks: 'A run failed with all its retries, and none has succeeded since.',
    commands: LOGS,
    then: [
      'it cannot reach something that it needs → [is it us?](#is-it-us), then [run it now](#run-it-now)',
      `ended after ${timeText(facts.workload.schedule?.deadlineSeconds ?? 3600)} → it took too long: \`deadlineSeconds\``,
      'since a release → [go back](#go-back-to-the-last-release)',
    ],
  }),
  ScheduledJobLate: (facts) => ({
    looks: 'It has not succeeded for longer than its schedule and its deadlines allow.',
    commands: [kubectl(`get ${runner(facts)}`), kubectl(`describe ${runner(facts)}`), ...LOGS],
    then: [
      'suspended → somebody did that: ask before you undo it',
      'a run goes on → none begins beside it: wait for its deadline, or delete its Job',
      'no run begins → the events say why; a quota, or a cluster that was away',
    ],
  }),
  MigrationFailed: ({ migrations }) => ({
    looks:
      'A migration failed with all its retries: the release waits for it, and the old version serves.',
    commands: migrations.flatMap((migration) => [
      ofMigration('get jobs --sort-by=.metadata.creationTimestamp', migration),
      ofMigration('logs', migration) + ` -c ${migration.name} --tail=50`,
    ]),
    then: [
      'the database is away → [is it us?](#is-it-us); the next sync of the release tries again',
      'its own fault → mend it and release: a mended one is a Job of another name',
      'half done → whoever wrote it decides; do not release an older version meanwhile',
    ],
  }),
};

const LOGS = [
  ofPods('get jobs --sort-by=.metadata.creationTimestamp'),
  ofPods('logs') + ' --all-containers --tail=50',
];
