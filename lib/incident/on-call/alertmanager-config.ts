import type { AlertmanagerConfigSpec } from '../../../imports/monitoring.coreos.com';
import type { Manifest, Metadata, Plain } from '../../foundation';
import { receiverConfig } from './receiver-config';
import type { Routing } from './routes';

type Spec = Plain<AlertmanagerConfigSpec>;

/**
 * What the Prometheus operator makes Alertmanager's configuration of. In `v1alpha1`, which every cluster with the operator serves: `v1beta1`
 * needs its conversion webhook.
 */
export function alertmanagerConfig(metadata: Metadata, { route, destinations }: Routing): Manifest {
  const spec: Spec = {
    route: route,
    receivers: destinations.map(({ name, receivers, addressed }) =>
      receiverConfig(name, receivers, addressed),
    ),
  };
  return {
    apiVersion: 'monitoring.coreos.com/v1alpha1',
    kind: 'AlertmanagerConfig',
    metadata,
    spec,
  };
}
