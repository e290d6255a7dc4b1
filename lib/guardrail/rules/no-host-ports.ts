import { podKinds } from '../kinds';
import { celRule } from '../rule';

export const noHostPorts = celRule({
  id: 'no-host-ports',
  severity: 'error',
  pack: 'baseline',
  kinds: podKinds,
  expression:
    'variables.allContainers.all(c, c.?ports.orValue([]).all(p, p.?hostPort.orValue(0) == 0))',
  message:
    "'host ports in the containers ' + variables.allContainers.filter(c, c.?ports.orValue([]).exists(p, p.?hostPort.orValue(0) != 0)).map(c, c.?name.orValue('?')).join(', ')",
  why: 'A host port bypasses Services and NetworkPolicies and limits the workload to one pod per node.',
  fix: 'Remove hostPort; a WebService is reached by its Service, and from outside by expose',
  references: { podSecurity: 'baseline: Host Ports', cis: '5.2.13' },
  equivalents: {
    polaris: ['hostPortSet'],
    trivy: ['KSV-0024'],
    checkov: ['CKV_K8S_26'],
    kubescape: ['C-0044'],
  },
  afterDefaulting: 'The server gives each port of a Pod on the host network a host port.',
});
