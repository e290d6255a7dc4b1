import { noSecurityContext, securityContextsWhere } from '../containers';
import { podKinds } from '../kinds';
import { celRule } from '../rule';

const broken = (context: string): string => `${context}.?runAsUser.orValue(1) == 0`;

export const noRootUserId = celRule({
  id: 'no-root-user-id',
  severity: 'error',
  pack: 'restricted',
  kinds: podKinds,
  expression: noSecurityContext(broken),
  message: `'the user id is 0: ' + ${securityContextsWhere(broken)}`,
  why: 'User 0 is root; together with runAsNonRoot the pod is admitted and never starts.',
  fix: 'Give user a number from 1, or leave it out for 10001; in a plain manifest, remove runAsUser',
  references: { podSecurity: 'restricted: Running as Non-root user', cis: '5.2.7' },
  equivalents: { 'kube-linter': ['run-as-non-root'], trivy: ['KSV-0105'] },
});
