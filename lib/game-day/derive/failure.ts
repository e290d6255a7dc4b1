import { BURN_ALERTS, ROLE_ALERTS } from '../../observability';
import type { ExpectedAlert, Expectation } from '../experiment';
import { promising, type Facts } from './facts';
import { evaluationSeconds, PAGE_ENDS_SECONDS, tryHarmSeconds, type Harm } from './timing';

/** A dependent that burns because of the fault, and when its alert is there. */
interface Hurt {
  readonly service: string;
  readonly isExposed: boolean;
  readonly seconds: number;
}

/** Those that cannot work without a service, and promise something about requests. */
function hurtBy(facts: Facts, target: string, harm: Harm): readonly Hurt[] {
  return facts.neighboursOf(target).promising.flatMap((service): readonly Hurt[] => {
    const workload = facts.tryWorkload(service);
    const seconds = workload && tryHarmSeconds(workload, harm);
    if (!workload || seconds === undefined) return [];
    return [{ service, isExposed: workload.exposure !== undefined, seconds }];
  });
}

/**
 * What follows when a service fails for everybody: a page for it, one for each exposed service that cannot work without it, a ticket for the
 * others; undefined where nobody would be told.
 */
export function tryFailure(facts: Facts, target: string, harm: Harm): Expectation | undefined {
  const hurt = hurtBy(facts, target, harm);
  const cause = tryCause(facts, target, harm, hurt);
  if (!cause) return undefined;
  // A page that comes by way of another service may take an evaluation more.
  const more = evaluationSeconds(facts);
  const symptoms = hurt.map(({ service, isExposed, seconds }) => ({
    alertname: ROLE_ALERTS.symptom,
    service,
    severity: isExposed ? ('page' as const) : ('ticket' as const),
    withinSeconds: seconds + more,
  }));
  const exposed = hurt.filter(({ isExposed }) => isExposed).map(({ service }) => service);
  const loud = new Set([target, ...exposed]);
  const { dependents } = facts.neighboursOf(target);
  const soft = facts.edges.filter(({ to, soft }) => soft && to === target).map(({ from }) => from);
  const all = promising(facts);
  return {
    alerts: [cause, ...symptoms],
    silent: all.filter((name) => !loud.has(name)),
    holds: all.filter((name) => soft.includes(name) && !dependents.includes(name)),
    recoversWithinSeconds: PAGE_ENDS_SECONDS,
  };
}

/** Who is paged as the cause: by its own budget, or by that of who depends on it. */
function tryCause(
  facts: Facts,
  target: string,
  harm: Harm,
  hurt: readonly Hurt[],
): ExpectedAlert | undefined {
  const workload = facts.tryWorkload(target);
  const own = workload && tryHarmSeconds(workload, harm);
  const page = { service: target, severity: 'page' } as const;
  if (own !== undefined) return { ...page, alertname: BURN_ALERTS.page, withinSeconds: own };
  if (hurt.length === 0) return undefined;
  const first = Math.min(...hurt.map(({ seconds }) => seconds));
  const withinSeconds = first + 2 * evaluationSeconds(facts);
  return { ...page, alertname: ROLE_ALERTS.cause, withinSeconds };
}

/** What follows when a fault changes nothing that people see: no page for anybody, and some budgets that hold. */
export function unharmed(facts: Facts, holds: readonly string[], seconds: number): Expectation {
  const all = promising(facts);
  return {
    alerts: [],
    silent: all,
    holds: all.filter((name) => holds.includes(name)),
    recoversWithinSeconds: seconds,
  };
}
