import type { Environment } from '../environment';
import type { Manifest } from '../foundation';
import { workloadLabels, type Binding, type Bound } from './bound';
import { tryIdentity } from './identity';

/** A service account of an environment: without a token, with the environment's pull secrets. */
export function serviceAccount(metadata: Manifest['metadata'], environment: Environment): Manifest {
  const { pullSecrets = [] } = environment.props;
  return {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata,
    automountServiceAccountToken: false,
    ...(pullSecrets.length > 0 && { imagePullSecrets: pullSecrets.map((name) => ({ name })) }),
  };
}

/** One identity for each workload. It is the environment's, because pull secrets and cloud roles are. */
export function bindServiceAccounts(bound: Bound): Binding {
  const manifests = bound.workloads.map((workload) => {
    const annotations = tryIdentity(bound, workload)?.annotations ?? {};
    const metadata = {
      name: workload.name,
      labels: workloadLabels(bound, workload),
      ...(Object.keys(annotations).length > 0 && { annotations }),
    };
    return serviceAccount(metadata, bound.environment);
  });
  return { manifests };
}
