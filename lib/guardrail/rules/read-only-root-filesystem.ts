import { containersWhere, noContainer } from '../containers';
import { podKinds } from '../kinds';
import { celRule } from '../rule';

const broken = '!c.?securityContext.?readOnlyRootFilesystem.orValue(false)';

export const readOnlyRootFilesystem = celRule({
  id: 'read-only-root-filesystem',
  severity: 'warning',
  pack: 'golden-path',
  kinds: podKinds,
  expression: `variables.isWindows || ${noContainer(broken)}`,
  message: `'containers with a writable root file system: ' + ${containersWhere(broken)}`,
  why: 'Who gets in cannot leave tools behind, and what a service writes is a volume that one can see and size.',
  fix: 'Set securityContext.readOnlyRootFilesystem to true and name writable folders in scratch; in a plain manifest, mount an emptyDir on each',
  references: { nsa: 'Immutable container filesystem' },
  equivalents: {
    'kube-score': ['container-security-context-readonlyrootfilesystem'],
    'kube-linter': ['no-read-only-root-fs'],
    polaris: ['notReadOnlyRootFilesystem'],
    trivy: ['KSV-0014'],
    checkov: ['CKV_K8S_22'],
    kubescape: ['C-0017'],
  },
});
