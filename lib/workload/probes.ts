import { isDeepStrictEqual } from 'node:util';
import type { Probe, ProblemLog } from '../foundation';
import {
  tryProbeHandler,
  type Health,
  type HealthCheck,
  type HealthProps,
  type NoCheck,
  type ProbeHandler,
  type ProbePort,
  type ProbeTiming,
} from './health-check';

/** The three probes of a container. */
export interface Probes {
  readonly startup?: Probe;
  readonly readiness?: Probe;
  readonly liveness?: Probe;
}

type Timing = Required<ProbeTiming>;

/**
 * 60 s of silence before a restart: an overloaded service with a full accept queue must not be restarted everywhere at once. Kubernetes'
 * own 1 s and three failures restart on a pause of half a minute.
 * @see https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/
 */
const LIVENESS: Timing = { periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 6 };
/** 3 s survive a garbage collection; 15 s of failure take the pod out of the Service. */
const READINESS: Timing = { periodSeconds: 5, timeoutSeconds: 3, failureThreshold: 3 };
/** 300 s in all: a first start on a busy node, with a cold cache and a throttled CPU; naiserator's progress deadline is as long. */
const STARTUP: Timing = { periodSeconds: 5, timeoutSeconds: 3, failureThreshold: 60 };

const timed = (handler: ProbeHandler, check: HealthCheck | undefined, stock: Timing): Probe => {
  const own: ProbeTiming = typeof check === 'object' ? check : {};
  return {
    ...handler,
    periodSeconds: own.periodSeconds ?? stock.periodSeconds,
    timeoutSeconds: own.timeoutSeconds ?? stock.timeoutSeconds,
    failureThreshold: own.failureThreshold ?? stock.failureThreshold,
  };
};

const isNone = (check: HealthCheck | NoCheck): check is NoCheck =>
  typeof check === 'object' && 'none' in check;

/** Health without its defaults: a worker or sidecar may leave out readiness. */
export type AnyHealth = string | Partial<HealthProps>;

/**
 * The probes of one container, defaults filled in. Readiness and liveness are never the same check: what takes a pod out of the Service
 * must not also restart it.
 */
export function resolveProbes(
  health: AnyHealth | Health | undefined,
  port: ProbePort | undefined,
  log: ProblemLog,
): Probes {
  if (health === undefined) return {};
  const given: Partial<HealthProps> = typeof health === 'string' ? { readiness: health } : health;
  const handlerOf = (check: HealthCheck | undefined, name: string): ProbeHandler | undefined => {
    if (check === undefined) return undefined;
    const handler = tryProbeHandler(check, port);
    if (!handler) log.error('PropMissing', `${name} has no port`, `Give ${name}.port`);
    return handler;
  };
  const connect = port && { tcpSocket: { port: port.number } };
  const readiness = handlerOf(given.readiness, 'health.readiness');
  const liveness = resolveLiveness(given, readiness, connect, handlerOf);
  checkIdentical(readiness, liveness, given, log);
  const startup = handlerOf(given.startup, 'health.startup') ?? liveness ?? connect ?? readiness;
  const livenessCheck = given.liveness && !isNone(given.liveness) ? given.liveness : undefined;
  return {
    ...(startup && { startup: timed(startup, given.startup, STARTUP) }),
    ...(readiness && { readiness: timed(readiness, given.readiness, READINESS) }),
    ...(liveness && { liveness: timed(liveness, livenessCheck, LIVENESS) }),
  };
}

function resolveLiveness(
  given: Partial<HealthProps>,
  readiness: ProbeHandler | undefined,
  connect: ProbeHandler | undefined,
  handlerOf: (check: HealthCheck, name: string) => ProbeHandler | undefined,
): ProbeHandler | undefined {
  if (given.liveness !== undefined) {
    return isNone(given.liveness) ? undefined : handlerOf(given.liveness, 'health.liveness');
  }
  return isDeepStrictEqual(readiness, connect) ? undefined : connect;
}

function checkIdentical(
  readiness: ProbeHandler | undefined,
  liveness: ProbeHandler | undefined,
  given: Partial<HealthProps>,
  log: ProblemLog,
): void {
  if (!readiness || !liveness || !isDeepStrictEqual(readiness, liveness)) return;
  const found = `health.readiness and health.liveness are both ${JSON.stringify(given.readiness)}`;
  log.error(
    'ProbesIdentical',
    found,
    'Leave out liveness, or give an endpoint without dependencies',
  );
}

/** The longest that a start may take before the container is restarted, in seconds. */
export function startupBudgetSeconds(probes: Probes): number {
  const { periodSeconds, failureThreshold } = { ...STARTUP, ...probes.startup };
  return periodSeconds * failureThreshold;
}
