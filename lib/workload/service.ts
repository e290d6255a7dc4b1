import type { Manifest, ServiceSpec } from '../foundation';
import { appProtocol, type ResolvedPort } from './port';
import type { Workload } from './workload';

/** How other workloads of the application find this one. Always ClusterIP: the way in from outside is the environment's gateway. */
export function service(workload: Workload, port: ResolvedPort): Manifest {
  const spec: ServiceSpec = {
    type: 'ClusterIP',
    ...(port.isHeadless && { clusterIP: 'None' }),
    selector: workload.selector,
    ports: [
      {
        name: port.name,
        port: port.servicePort,
        // A headless Service translates no ports: callers reach the pod itself.
        targetPort: port.name,
        protocol: 'TCP',
        appProtocol: appProtocol(port),
      },
    ],
  };
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: workload.name, labels: workload.labels },
    spec,
  };
}
