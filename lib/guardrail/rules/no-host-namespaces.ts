import { podKinds } from '../kinds';
import { celRule } from '../rule';

const FIELDS = "['hostNetwork', 'hostPID', 'hostIPC']";
const set = 'variables.podSpec[?f].orValue(false)';

export const noHostNamespaces = celRule({
  id: 'no-host-namespaces',
  severity: 'error',
  pack: 'baseline',
  kinds: podKinds,
  expression: `${FIELDS}.all(f, !${set})`,
  message: `'the pod sets ' + ${FIELDS}.filter(f, ${set}).join(', ')`,
  why: 'On the network, among the processes or in the memory of its node, a pod can watch and attack its neighbours.',
  fix: 'Remove hostNetwork, hostPID and hostIPC; a WebService is reached by its Service, and from outside by expose',
  references: {
    podSecurity: 'baseline: Host Namespaces',
    cis: '5.2.3, 5.2.4, 5.2.5',
    nsa: 'Pod security: host namespaces',
  },
  equivalents: {
    'kube-linter': ['host-ipc', 'host-network', 'host-pid'],
    polaris: ['hostIPCSet', 'hostNetworkSet', 'hostPIDSet'],
    trivy: ['KSV-0008', 'KSV-0009', 'KSV-0010'],
    checkov: ['CKV_K8S_17', 'CKV_K8S_18', 'CKV_K8S_19'],
    kubescape: ['C-0038', 'C-0041'],
  },
});
