import type { Probe, ProbeModel } from '../foundation';
import type { ContainerFacts } from '../workload';

/** What the kubelet asks the containers of a pod over the network, each port and way once. Commands stay inside of the pod. */
export function probeModels(containers: readonly ContainerFacts[]): readonly ProbeModel[] {
  const models = containers.flatMap(({ role, probes: { startup, readiness, liveness } }) =>
    [startup, readiness, liveness].flatMap((probe) => {
      const found = probe && tryAsked(probe);
      return found ? [{ ...found, container: role }] : [];
    }),
  );
  const once = new Map(models.map((model) => [JSON.stringify(model), model]));
  return [...once.values()];
}

function tryAsked({ httpGet, grpc, tcpSocket }: Probe): Omit<ProbeModel, 'container'> | undefined {
  const port = httpGet?.port ?? grpc?.port ?? tcpSocket?.port;
  if (typeof port !== 'number') return undefined;
  if (httpGet) return { port, by: httpGet.scheme === 'HTTPS' ? 'https' : 'http' };
  return { port, by: grpc ? 'grpc' : 'tcp' };
}
