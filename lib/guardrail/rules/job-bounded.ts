import { celRule } from '../rule';

const job =
  "(dyn(object).kind == 'CronJob' ? variables.spec.?jobTemplate.?spec.orValue({}) : variables.spec)";

/** A deadline of the pod will do as well: it ends each try. */
export const jobBounded = celRule({
  id: 'job-bounded',
  severity: 'warning',
  pack: 'golden-path',
  kinds: ['Job', 'CronJob'],
  expression: `${job}.?activeDeadlineSeconds.orValue(0) > 0 || variables.podSpec.?activeDeadlineSeconds.orValue(0) > 0`,
  message: "'nothing ends a run that hangs: activeDeadlineSeconds is unset'",
  why: 'A run that hangs holds its resources and locks for ever, and where runs may not overlap none follows.',
  fix: "Give deadlineSeconds; in a plain manifest, set activeDeadlineSeconds in the Job's spec",
});
