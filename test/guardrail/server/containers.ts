import type { Bag } from '../fixtures/fixture';
import { bags, drop, fill, isBag } from './fill';

const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'] as const;
const HOOKS = ['postStart', 'preStop'] as const;

function fillHandler(handler: unknown): void {
  if (!isBag(handler)) return;
  fill(handler.httpGet, { path: '/', scheme: 'HTTP' });
  fill(handler.grpc, { service: '' });
  drop(handler.httpGet, 'host');
  drop(handler.tcpSocket, 'host');
}

/** A tag that may point elsewhere tomorrow is pulled each time. */
function pullPolicy(image: unknown): string {
  const name = typeof image === 'string' ? image : '';
  const isPinned = name.includes('@') || /:(?!latest$)[^/:]+$/.test(name);
  return isPinned ? 'IfNotPresent' : 'Always';
}

/** Quantities are texts on the server, in whatever form they came. */
function fillResources(resources: Bag): void {
  for (const amounts of [resources.requests, resources.limits].filter(isBag)) {
    for (const [name, amount] of Object.entries(amounts)) amounts[name] = String(amount);
  }
}

/** What the API server makes of a container that it is given, debug containers included. */
export function fillContainer(container: Bag): void {
  fill(container, {
    imagePullPolicy: pullPolicy(container.image),
    resources: {},
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
  });
  if (isBag(container.resources)) fillResources(container.resources);
  for (const port of bags(container.ports)) {
    fill(port, { protocol: 'TCP' });
    drop(port, 'hostPort');
  }
  for (const variable of bags(container.env)) {
    drop(variable, 'value');
    if (isBag(variable.valueFrom)) fill(variable.valueFrom.fieldRef, { apiVersion: 'v1' });
  }
  for (const probe of PROBES.map((name) => container[name])) {
    fill(probe, { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 });
    fillHandler(probe);
  }
  for (const hook of HOOKS) if (isBag(container.lifecycle)) fillHandler(container.lifecycle[hook]);
  if (isBag(container.securityContext)) drop(container.securityContext.capabilities, 'add', 'drop');
  drop(container, 'args', 'command', 'env', 'envFrom', 'ports', 'volumeMounts', 'stdin', 'tty');
}
