import type { ListenerSetSpec } from '../../imports/gateway.networking.k8s.io';
import { issuerAnnotation, type Gateway } from '../environment';
import type { Plain } from '../foundation';
import { bindingLog, boundLabels, type Binding, type Bound } from './bound';
import { certificateName, exposedHere } from './exposed';
import { GATEWAY_GROUP } from './route-parts';

const HTTPS = 443;
/** What the CRD takes. */
const MOST_LISTENERS = 64;

/** The listeners of an application: one for each hostname, each with a certificate that cert-manager keeps in the Secret it names. */
export function bindListenerSet(bound: Bound): Binding {
  const { gateway } = bound.environment.props;
  const hostnames = [...new Set(exposedHere(bound).map(({ hostname }) => hostname))].sort();
  if (!gateway?.listenerSet || hostnames.length === 0) return { manifests: [] };
  const log = bindingLog(bound);
  if (hostnames.length > MOST_LISTENERS) {
    const found = `it has ${hostnames.length} hostnames, and a ListenerSet takes ${MOST_LISTENERS}`;
    log.error('ExposureInvalid', found, 'Expose less, or make two applications of it');
  }
  const manifest = {
    apiVersion: `${GATEWAY_GROUP}/v1`,
    kind: 'ListenerSet',
    metadata: {
      name: bound.phaseOne.application,
      labels: boundLabels(bound),
      annotations: issuerAnnotation(gateway.listenerSet.issuer),
    },
    spec: listenerSetSpec(gateway, gateway.listenerSet.port ?? HTTPS, hostnames),
  };
  return { manifests: [manifest], problems: log.problems };
}

const listenerSetSpec = (
  { name, namespace }: Gateway,
  port: number,
  hostnames: readonly string[],
): Plain<ListenerSetSpec> => ({
  parentRef: { group: GATEWAY_GROUP, kind: 'Gateway', name, namespace },
  listeners: hostnames.map((hostname) => ({
    name: hostname,
    hostname,
    port,
    protocol: 'HTTPS',
    allowedRoutes: { namespaces: { from: 'Same' } },
    tls: {
      mode: 'Terminate',
      certificateRefs: [{ group: '', kind: 'Secret', name: certificateName(hostname) }],
    },
  })),
});
