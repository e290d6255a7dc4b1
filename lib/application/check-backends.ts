import { describe, ProblemLog, type Problem } from '../foundation';
import type { KnownPart } from './part';
import type { RouteBackend } from './resolve-exposure';

/** Reports routes that lead where a gateway cannot bring requests. */
export function checkBackends(
  path: string,
  known: ReadonlyMap<string, KnownPart>,
): readonly Problem[] {
  return [...known.values()].flatMap((caller) => {
    const log = new ProblemLog(caller.part.construct.node.path, caller.part.source);
    for (const backend of caller.resolved?.backends ?? []) {
      checkBackend(backend, caller, path, known, log);
    }
    return log.problems;
  });
}

function checkBackend(
  { place, reference: { target, call } }: RouteBackend,
  { resolved }: KnownPart,
  path: string,
  known: ReadonlyMap<string, KnownPart>,
  log: ProblemLog,
): void {
  if (target.kind === 'external' || target.application !== path) {
    const outside = target.kind === 'external' ? 'outside' : `in ${target.application}`;
    const name = target.kind === 'external' ? target.host : target.name;
    const found = `${place} is ${name}, which is ${outside}`;
    return log.error('ForeignReference', found, 'Route to web services of this application');
  }
  if (call !== undefined) {
    const fix = 'Give the web service itself, and the route timeouts: { request, backendRequest }';
    log.error('PropInvalid', `${place} is a call(…), and it is the gateway that calls`, fix);
  }
  const callee = known.get(target.name);
  if (!callee) {
    const found = `${place} is ${describe(target.name)}, which the application does not have`;
    return log.error('DependencyUnknown', found, 'Route to a web service of this application');
  }
  // One with problems of its own is reported there.
  const port = callee.resolved?.workload.port;
  const own = resolved?.workload.port;
  if (!resolved || !port || !own) return;
  if (port.name !== own.name || port.tls) {
    const found = `${place} is ${target.name}, which speaks ${port.tls ? 'TLS' : port.name}, and the route carries ${own.name}`;
    log.error('ExposureInvalid', found, 'Route to web services that speak the same');
  }
  const there = callee.resolved.model.presence?.stages;
  if (!there || resolved.model.presence?.stages.every((stage) => there.includes(stage))) return;
  const found = `${place} is ${target.name}, which exists in ${there.join(', ')} only`;
  log.error('DependencyAbsent', found, 'Give both the same presence');
}
