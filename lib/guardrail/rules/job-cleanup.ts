import { celRule } from '../rule';

const ttl = 'variables.spec.?ttlSecondsAfterFinished';
const isMigration = "variables.labels[?'app.kubernetes.io/component'].orValue('') == 'migration'";
const childTtl = 'variables.spec.?jobTemplate.?spec.?ttlSecondsAfterFinished';

/**
 * Contested, so `strict` alone asks: a Job that Argo CD or Flux applies must stay, or they find it missing and run it again. Migrations,
 * told by their label, must therefore have no time to live. The restart Job of this library is such a one too. A CronJob's runs are
 * counted by its history limits; a time to live takes them away before.
 */
export const jobCleanup = celRule({
  id: 'job-cleanup',
  severity: 'info',
  pack: 'strict',
  kinds: ['Job', 'CronJob'],
  expression: `dyn(object).kind == 'CronJob' ? !${childTtl}.hasValue() : (${isMigration} ? !${ttl}.hasValue() : ${ttl}.hasValue())`,
  message: `dyn(object).kind == 'CronJob' ? 'its runs are gone ' + string(${childTtl}.orValue(0)) + ' s after their end, whatever the history limits say' : (${isMigration} ? 'it is gone ' + string(${ttl}.orValue(0)) + ' s after its end, and whoever reconciles runs the migration again' : 'it stays for ever: ttlSecondsAfterFinished is unset')`,
  why: 'Finished Jobs and their pods pile up until somebody looks; those of a CronJob are kept for looking back.',
  fix: 'Use a ScheduledJob or migrate; in a plain manifest, set ttlSecondsAfterFinished on a Job that no reconciler applies, and leave it out of a CronJob and of a migration',
  equivalents: { 'kube-linter': ['job-ttl-seconds-after-finished'] },
});
