import { celRule } from '../rule';

const policy = "variables.spec.?concurrencyPolicy.orValue('Allow')";
const hasDeadline = 'variables.spec.?startingDeadlineSeconds.hasValue()';
const isSingle = `${policy} in ['Forbid', 'Replace']`;

/** Allow that was chosen cannot be told from Allow that was left: the server fills it in. */
export const cronjobDeadlineAndConcurrency = celRule({
  id: 'cronjob-deadline-and-concurrency',
  severity: 'warning',
  pack: 'golden-path',
  kinds: ['CronJob'],
  expression: `${hasDeadline} && ${isSingle}`,
  message: `(['startingDeadlineSeconds is unset'].filter(t, !${hasDeadline}) + ['concurrencyPolicy is ' + ${policy}].filter(t, !(${isSingle}))).join(' and ')`,
  why: 'Runs that are late or overlap should be decided on beforehand; a hundred missed ones stop the schedule for good.',
  fix: 'Use a ScheduledJob, which sets both; in a plain manifest, set startingDeadlineSeconds, and concurrencyPolicy to Forbid or Replace',
  equivalents: { 'kube-score': ['cronjob-has-deadline'] },
});
