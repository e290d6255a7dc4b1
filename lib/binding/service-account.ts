import { workloadLabels, type Binding, type Bound } from './bound';

/** One identity for each workload. It is the environment's, because pull secrets and cloud roles are. */
export function bindServiceAccounts(bound: Bound): Binding {
  const { pullSecrets = [] } = bound.environment.props;
  const manifests = bound.workloads.map((workload) => ({
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: workload.name, labels: workloadLabels(bound, workload) },
    automountServiceAccountToken: false,
    ...(pullSecrets.length > 0 && { imagePullSecrets: pullSecrets.map((name) => ({ name })) }),
  }));
  return { manifests };
}
