import type { Manifest } from '../../foundation';
import { podKinds } from '../kinds';
import { graphRule, type Scene, type SceneFinding } from '../rule';
import { bagAt, valueAt } from './fields';
import { objectsOf } from './objects';
import { workloadsOf } from './pods';
import { selectionIn, type Pods } from './selectors';

const DIRECTIONS = ['Ingress', 'Egress'] as const;

/** @see https://kubernetes.io/docs/concepts/services-networking/network-policies/ */
export const networkPolicyPresent = graphRule({
  id: 'network-policy-present',
  severity: 'warning',
  pack: 'golden-path',
  kinds: podKinds,
  judge,
  why: 'Pods that no policy selects are open to the whole cluster.',
  fix: 'Use a WebService, Worker or ScheduledJob, which bring theirs, or add NetworkPolicies for both directions',
  references: { cis: '5.3.2', nsa: 'Network separation' },
  equivalents: {
    'kube-score': ['pod-networkpolicy'],
    'kube-linter': ['non-isolated-pod'],
    polaris: ['missingNetworkPolicy'],
    checkov: ['CKV2_K8S_6'],
    kubescape: ['C-0030', 'C-0260'],
  },
});

function judge(scene: Scene): readonly SceneFinding[] {
  const workloads = workloadsOf(scene);
  const selected = selectionIn(scene);
  const closed = { Ingress: new Set<Pods>(), Egress: new Set<Pods>() };
  for (const policy of objectsOf(scene, 'NetworkPolicy')) {
    const pods = selected(valueAt(policy, 'spec', 'podSelector') ?? {});
    const directions = directionsOf(policy);
    for (const direction of DIRECTIONS) {
      if (directions.includes(direction)) pods.forEach((each) => closed[direction].add(each));
    }
  }
  return workloads.flatMap((workload) => {
    const open = DIRECTIONS.filter((direction) => !closed[direction].has(workload));
    if (open.length === 0) return [];
    const ways = open.map((direction) => direction.toLowerCase()).join(' or ');
    return [{ object: workload.object, found: `no NetworkPolicy selects its pods for ${ways}` }];
  });
}

/** Where none is given, it is ingress, and egress too when there are rules for it. */
function directionsOf(policy: Manifest): readonly unknown[] {
  const { policyTypes, egress } = bagAt(policy, 'spec');
  if (Array.isArray(policyTypes) && policyTypes.length > 0) return policyTypes;
  return Array.isArray(egress) && egress.length > 0 ? DIRECTIONS : ['Ingress'];
}
