import { podKinds } from '../kinds';
import { celRule } from '../rule';

export const notDefaultNamespace = celRule({
  id: 'not-default-namespace',
  severity: 'warning',
  pack: 'golden-path',
  kinds: [...podKinds, 'Service', 'Ingress', 'ConfigMap', 'Secret', 'ServiceAccount'],
  expression: "!(dyn(object).?metadata.?namespace.orValue('') in ['', 'default'])",
  message: "'it is in the namespace default'",
  why: 'Policies, quotas and permissions hang on namespaces; in default everything of everybody would share them.',
  fix: 'Apply it by the kustomization of its environment, which names a namespace; in a plain manifest, give metadata.namespace',
  references: { cis: '5.7.4' },
  equivalents: { trivy: ['KSV-0110'], checkov: ['CKV_K8S_21'], kubescape: ['C-0061'] },
  afterDefaulting: 'The server fills in the namespace of the request.',
});
