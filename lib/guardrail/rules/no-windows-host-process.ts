import { noSecurityContext, securityContextsWhere } from '../containers';
import { podKinds } from '../kinds';
import { celRule } from '../rule';

const broken = (context: string): string =>
  `${context}.?windowsOptions.?hostProcess.orValue(false)`;

export const noWindowsHostProcess = celRule({
  id: 'no-windows-host-process',
  severity: 'error',
  pack: 'baseline',
  kinds: podKinds,
  expression: noSecurityContext(broken),
  message: `'host processes: ' + ${securityContextsWhere(broken)}`,
  why: 'A host process is to a Windows node what a privileged container is to a Linux one.',
  fix: 'Remove windowsOptions.hostProcess; what manages nodes belongs to the platform, outside of applications',
  references: { podSecurity: 'baseline: HostProcess', cis: '5.2.11' },
  equivalents: { polaris: ['hostProcess'], trivy: ['KSV-0103'] },
});
