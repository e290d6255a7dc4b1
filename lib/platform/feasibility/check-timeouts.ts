import type { EdgeModel, HttpRuleModel, Problem, ProblemLog } from '../../foundation';
import { durationText, trySeconds } from '../../observability';
import { logOf, nameIn, underSeconds, waitSeconds, type Graph, type Service } from './graph';

/** Somebody who waits for a service, and gives up after a while. */
interface Patience {
  /** Whose problem it is. */
  readonly caller: Service;
  /** The service that is waited for. */
  readonly callee: Service;
  readonly seconds: number;
  /** Who gives up: a clause. */
  readonly who: string;
  /** What to change: the object of "Give …". */
  readonly what: string;
}

/**
 * Reports whoever gives up sooner than what it waits for may take: then the work goes on for nobody, and retries add to it. Only what is
 * said by `call(…)`, by routes and by objectives is compared; of a timeout that nobody states nothing is known.
 * @see https://sre.google/sre-book/addressing-cascading-failures/
 */
export function checkTimeouts(graph: Graph): readonly Problem[] {
  return [...graph.services.values()].flatMap((service) => {
    const log = logOf(service);
    for (const call of service.calls) {
      const callee = graph.services.get(call.to);
      if (callee) checkPatience(ofCall(service, callee, call), log);
      checkSoftWait(service, call, log);
    }
    const { exposure } = service.workload;
    const rules = exposure?.protocol === 'http' ? exposure.rules : [];
    for (const [index, rule] of rules.entries()) {
      for (const patience of ofRoute(service, rule, index, graph)) checkPatience(patience, log);
    }
    return log.problems;
  });
}

function ofCall(caller: Service, callee: Service, call: EdgeModel): Patience {
  const name = nameIn(caller, callee.id);
  const { timeoutSeconds: seconds = Infinity } = call;
  const who = `it gives up on ${name} after ${durationText(seconds)}`;
  return { caller, callee, seconds, who, what: `call(${name}) a timeout` };
}

/** The gateway waits for every workload to which a rule leads. */
function ofRoute(
  caller: Service,
  { timeouts = {}, backends }: HttpRuleModel,
  index: number,
  { services }: Graph,
): readonly Patience[] {
  const { application } = caller.application;
  return (['request', 'backendRequest'] as const).flatMap((name) => {
    const seconds = trySeconds(timeouts[name]);
    // Zero is no timeout.
    if (seconds === undefined || seconds === 0) return [];
    const what = `expose.routes[${index}].timeouts.${name}`;
    const who = `${what} is ${durationText(seconds)}`;
    return backends.flatMap(({ workload }) => {
      const callee = services.get(`${application}/${workload}`);
      return callee ? [{ caller, callee, seconds, who, what }] : [];
    });
  });
}

function checkPatience(patience: Patience, log: ProblemLog): void {
  const { caller, callee, seconds, who, what } = patience;
  const name = nameIn(caller, callee.id);
  const promised = underSeconds(callee);
  if (promised !== undefined && promised > seconds) {
    const found = `${who}, and ${name} promises answers within ${durationText(promised)}`;
    const fix = `Give ${what} of '${durationText(promised)}' or more, or have ${name} promise less`;
    log.warning('TimeoutInverted', found, fix);
  }
  for (const call of callee.calls) {
    const wait = waitSeconds(call);
    if (wait === undefined || wait <= seconds) continue;
    const found = `${who}, and ${name} waits up to ${waitText(call)} for ${nameIn(caller, call.to)}`;
    const fix = `Give ${what} of '${durationText(wait)}' or more, or have ${name} wait for less`;
    log.warning('TimeoutInverted', found, fix);
  }
}

/** Whoever waits for a soft dependency until its own answer is late does not survive without it. */
function checkSoftWait(service: Service, call: EdgeModel, log: ProblemLog): void {
  const own = underSeconds(service);
  const wait = waitSeconds(call);
  if (!call.soft || own === undefined || wait === undefined || wait <= own) return;
  const name = nameIn(service, call.to);
  const promised = durationText(own);
  const found = `it waits up to ${waitText(call)} for ${name}, which is soft, and promises answers within ${promised}: without ${name} they are late`;
  const fix = `Give call(${name}) a timeout that, with all attempts, is '${promised}' or less`;
  log.warning('TimeoutInverted', found, fix);
}

/** `6s (3 attempts of 2s)` */
function waitText(call: EdgeModel): string {
  const { attempts = 1, timeoutSeconds = 0 } = call;
  const whole = durationText(waitSeconds(call) ?? 0);
  return attempts === 1
    ? whole
    : `${whole} (${attempts} attempts of ${durationText(timeoutSeconds)})`;
}
