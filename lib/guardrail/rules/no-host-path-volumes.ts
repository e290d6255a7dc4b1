import { podKinds } from '../kinds';
import { celRule } from '../rule';

const volumes = 'variables.podSpec.?volumes.orValue([])';

export const noHostPathVolumes = celRule({
  id: 'no-host-path-volumes',
  severity: 'error',
  pack: 'baseline',
  kinds: podKinds,
  expression: `${volumes}.all(v, !v.?hostPath.hasValue())`,
  message: `'hostPath volumes: ' + ${volumes}.filter(v, v.?hostPath.hasValue()).map(v, v.?name.orValue('?') + ' (' + v.?hostPath.?path.orValue('?') + ')').join(', ')`,
  why: 'A folder of the node, such as the one with the socket of its container runtime, is a way out of the container.',
  fix: 'Use scratch for temporary files and files for secrets; in a plain manifest, an emptyDir, a secret or a persistentVolumeClaim',
  references: {
    podSecurity: 'baseline: HostPath Volumes',
    cis: '5.2.12',
    nsa: 'Pod security: hostPath',
  },
  equivalents: {
    'kube-linter': ['docker-sock', 'sensitive-host-mounts'],
    polaris: ['hostPathSet'],
    trivy: ['KSV-0006', 'KSV-0023'],
    checkov: ['CKV_K8S_27'],
    kubescape: ['C-0048'],
  },
});
