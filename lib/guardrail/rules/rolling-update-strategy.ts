import { celRule } from '../rule';

const type = "variables.spec.?strategy.?type.orValue('RollingUpdate')";
const gone = "string(variables.spec.?strategy.?rollingUpdate.?maxUnavailable.orValue(''))";

export const rollingUpdateStrategy = celRule({
  id: 'rolling-update-strategy',
  severity: 'warning',
  pack: 'golden-path',
  kinds: ['Deployment'],
  expression: `${type} == 'RollingUpdate' && !${gone}.matches('^0*100%$')`,
  message: `${type} == 'RollingUpdate' ? 'maxUnavailable is ' + ${gone} : 'the strategy is ' + ${type}`,
  why: 'When every pod of a release goes before the next one is there, each release is an outage.',
  fix: 'Use a WebService or Worker, which keep all pods until new ones are ready; in a plain manifest, set strategy.type to RollingUpdate and maxUnavailable to 0',
  equivalents: { 'kube-score': ['deployment-strategy'], kubescape: ['C-0305'] },
});
