import { ceilings, type Ceiling } from '../../dependency';
import type { Problem } from '../../foundation';
import { durationText } from '../../observability';
import {
  logOf,
  nameIn,
  promiseOf,
  underSeconds,
  waitSeconds,
  type Graph,
  type Service,
} from './graph';

/** How many dependencies are named; the rest is counted. */
const NAMED = 6;
/** The least availability that a service may promise. */
const LEAST_PERCENT = 90;

/** Reports objectives that their services cannot keep while each hard dependency just keeps its own. */
export function checkObjectives(graph: Graph): readonly Problem[] {
  const promised = new Map(
    [...graph.services].flatMap(([id, service]) => {
      const objective = promiseOf(service, 'availability')?.objective;
      return objective === undefined ? [] : [[id, objective / 100] as const];
    }),
  );
  const most = ceilings(graph.calls, promised);
  return [...graph.services.values()].flatMap((service) => {
    const ceiling = most.get(service.id);
    return [
      ...(ceiling ? checkAvailability(service, ceiling) : []),
      ...checkLatency(service, graph),
    ];
  });
}

function checkAvailability(service: Service, ceiling: Ceiling): readonly Problem[] {
  const objective = promiseOf(service, 'availability')?.objective;
  // Binary fractions leave noise where both are the same.
  if (objective === undefined || objective / 100 <= ceiling.ratio + 1e-9) return [];
  const { losses } = ceiling;
  const named = losses
    .slice(0, NAMED)
    .map(
      ({ name, ratio }, at) =>
        `${nameIn(service, name)} ${at === 0 ? 'may lose ' : ''}${lossText(ratio)}`,
    );
  const rest = losses.length > NAMED ? [`${losses.length - NAMED} more`] : [];
  const left = percentBelow(ceiling.ratio);
  const who = losses.length === 1 ? 'a hard dependency leaves' : 'hard dependencies leave';
  const found = `it promises ${objective} % availability, and ${who} it ${left} %: ${[...named, ...rest].join(', ')}`;
  const lower = left < LEAST_PERCENT ? '' : `Promise ${left} or less, or h`;
  const log = logOf(service);
  const fix = 'ave them promise more, or mark one that it survives without: soft(…)';
  log.warning('ObjectiveUnbacked', found, `${lower === '' ? 'H' : lower}${fix}`);
  return log.problems;
}

/** In percent, rounded so that whoever promises it keeps below. */
const percentBelow = (ratio: number): number => Math.floor(ratio * 10_000 + 1e-6) / 100;
const lossText = (ratio: number): string => `${Number((ratio * 100).toPrecision(3))} %`;

/**
 * Only one call is compared, not the sum of several: whether they follow each other is not known. A caller that gives up in time is not
 * late for its callee: it fails, and whether it gives up too early is a matter of its timeout.
 */
function checkLatency(service: Service, { services }: Graph): readonly Problem[] {
  const own = underSeconds(service);
  if (own === undefined) return [];
  const log = logOf(service);
  for (const call of service.calls.filter(({ soft }) => !soft)) {
    const theirs = underSeconds(services.get(call.to));
    if (theirs === undefined || theirs <= own || (waitSeconds(call) ?? Infinity) <= own) continue;
    const [mine, other] = [durationText(own), durationText(theirs)];
    const name = nameIn(service, call.to);
    const found = `it promises answers within ${mine}, and ${name}, on which it depends, within ${other}`;
    const fix = `Give slo.latency.under '${other}' or more, have ${name} promise '${mine}' or less, or mark it soft(…)`;
    log.warning('ObjectiveUnbacked', found, fix);
  }
  return log.problems;
}
