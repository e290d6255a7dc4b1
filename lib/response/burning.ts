import type { ObjectiveModel } from '../foundation';
import type { Live } from './live';
import { keyOf, type Named } from './neighbourhood';
import { byObjective, inEnvironment, servicesWith } from './tables';

/** An objective of a service, and how it is. */
export interface ObjectiveNow {
  readonly slo: string;
  /** In percent. */
  readonly objective: number;
  /** How fast its budget burns over five minutes: 1 is as fast as it may. Absent where nothing is measured. */
  readonly burn?: number;
  /** Which share of its budget of 30 days is left. */
  readonly left?: number;
  /** `pages`: fast enough to page, and it is the cause. `explained`: as fast, because of others. `burns`: faster than it may, not fast enough to page. `unknown`: the server did not tell. */
  readonly state: 'pages' | 'explained' | 'burns' | 'quiet' | 'no-data' | 'unknown';
}

/** What the rules say of services in one environment, by their keys. */
export interface States {
  readonly failing: ReadonlySet<string>;
  readonly burning: ReadonlySet<string>;
  readonly hurting: ReadonlySet<string>;
  readonly suspect: ReadonlySet<string>;
  /** The highest burn rate of each service. */
  readonly burn: ReadonlyMap<string, number>;
  /** The teams of those that are in any of them. */
  readonly teams: ReadonlyMap<string, string>;
}

/** A budget that burns faster than it may. */
const LIMIT = 1;

export function statesIn({ answers }: Live, environment: string): States {
  const rows = inEnvironment(answers.states, environment);
  const of = (state: string): ReadonlySet<string> =>
    servicesWith(rows, `golden_path:service:${state}`);
  const burn = new Map<string, number>();
  for (const [key, value] of byObjective(inEnvironment(answers.burn, environment), Math.max)) {
    const service = key.slice(0, key.lastIndexOf('/'));
    burn.set(service, Math.max(burn.get(service) ?? 0, value));
  }
  const teams = rows.map(
    ({ labels }) =>
      [`${labels.application ?? ''}/${labels.service ?? ''}`, labels.team ?? ''] as const,
  );
  return {
    ...{ failing: of('failing'), burning: of('burning'), hurting: of('hurting') },
    ...{ suspect: of('suspect'), burn, teams: new Map(teams) },
  };
}

/** Whether a service itself fails, or its budget burns. */
export function isBurning(
  { failing, burning, hurting, suspect, burn }: States,
  service: Named,
): boolean {
  const key = keyOf(service);
  const isTold = [failing, burning, hurting, suspect].some((each) => each.has(key));
  return isTold || (burn.get(key) ?? 0) > LIMIT;
}

/** The objectives of a service, those that burn fastest first. */
export function objectivesNow(
  { answers }: Live,
  environment: string,
  service: Named,
  objectives: readonly ObjectiveModel[],
): readonly ObjectiveNow[] {
  const burns = byObjective(inEnvironment(answers.burn, environment), Math.max);
  const lefts = byObjective(inEnvironment(answers.budget, environment), Math.min);
  const paging = inEnvironment(answers.paging, environment);
  const has = (metric: string, slo: string): boolean =>
    paging.some(
      ({ labels }) =>
        labels.__name__ === metric && labels.service === service.service && labels.slo === slo,
    );
  const rows = objectives.map(({ slo, objective }): ObjectiveNow => {
    const burn = burns.get(`${keyOf(service)}/${slo}`);
    const left = lefts.get(`${keyOf(service)}/${slo}`);
    const isFast = has('golden_path:slo:burning', slo);
    const paged = has('golden_path:slo:paging', slo) ? 'pages' : 'explained';
    const none = answers.burn ? 'no-data' : 'unknown';
    const slow = burn === undefined ? none : burn > LIMIT ? 'burns' : 'quiet';
    return {
      ...{ slo, objective, state: isFast ? paged : slow },
      ...(burn !== undefined && { burn }),
      ...(left !== undefined && { left }),
    };
  });
  return rows.sort((a, b) => (b.burn ?? -1) - (a.burn ?? -1));
}
