import { celRule } from '../rule';

const NODE = "orValue('') == 'kubernetes.io/hostname'";
const constraints = 'variables.podSpec.?topologySpreadConstraints.orValue([])';
const avoidance = 'variables.podSpec.?affinity.?podAntiAffinity';
const preferred = `${avoidance}.?preferredDuringSchedulingIgnoredDuringExecution.orValue([])`;
const required = `${avoidance}.?requiredDuringSchedulingIgnoredDuringExecution.orValue([])`;

const isSpread = [
  `${constraints}.exists(t, t.?topologyKey.${NODE})`,
  `${preferred}.exists(t, t.?podAffinityTerm.?topologyKey.${NODE})`,
  `${required}.exists(t, t.?topologyKey.${NODE})`,
].join(' || ');

/** Replicas that are unset are an autoscaler's: there will be more than one. */
export const spreadAcrossNodes = celRule({
  id: 'spread-across-nodes',
  severity: 'warning',
  pack: 'golden-path',
  kinds: ['Deployment', 'StatefulSet'],
  expression: `variables.spec.?replicas.orValue(2) < 2 || ${isSpread}`,
  message:
    "'nothing keeps its ' + (variables.spec.?replicas.hasValue() ? string(variables.spec.replicas) + ' ' : '') + 'replicas on different nodes'",
  why: 'Replicas on one node go down with it: then they are one.',
  fix: 'Use a WebService or Worker, which spread their pods; in a plain manifest, add an anti-affinity or a topology spread constraint by kubernetes.io/hostname, or say replicas: 1',
  equivalents: {
    'kube-score': ['deployment-has-host-podantiaffinity', 'statefulset-has-host-podantiaffinity'],
    'kube-linter': ['no-anti-affinity'],
    polaris: ['topologySpreadConstraint'],
  },
  afterDefaulting: 'The server makes one replica of a number that an autoscaler has yet to give.',
});
