import type { ApplicationModel, EnvironmentModel, PricesModel } from '../foundation';
import {
  atLeast,
  atMost,
  workloadRequests,
  type NanoAmounts,
  type RequestOf,
  type WorkloadRequests,
} from './workload-requests';

/** A twelfth of a year. */
export const HOURS_PER_MONTH = 730;

/** From as few replicas as there may be to as many. */
export interface Span<T> {
  readonly atLeast: T;
  readonly atMost: T;
}

/** What one application requests in one environment, and what a month of it costs. Money is in cents. */
export interface CostRow {
  readonly application: string;
  readonly environment: string;
  readonly currency: string;
  readonly replicas: Span<number>;
  readonly requests: Span<NanoAmounts>;
  readonly month: Span<bigint>;
  /** How much more a month costs than with other sizes. */
  readonly change?: Span<bigint>;
}

/** Which rows are wanted; without a name all. */
export interface CostFilter {
  readonly applications: readonly string[];
  readonly environments: readonly string[];
}

/**
 * The cost of what is requested, a row for each application and environment that has prices. What runs to its end is left out: nobody knows
 * how long it runs. So are backing services, whose prices have little to do with cores.
 * @param before - the sizes to compare with: what a container of an application requested then
 */
export function costRows(
  models: readonly ApplicationModel[],
  { applications, environments }: CostFilter,
  before?: (application: string) => RequestOf,
): readonly CostRow[] {
  const isWanted = (names: readonly string[], name: string): boolean =>
    names.length === 0 || names.includes(name);
  return models
    .filter(({ application }) => isWanted(applications, application))
    .flatMap((model) =>
      model.environments
        .filter(({ name }) => isWanted(environments, name))
        .flatMap((environment) => rowOf(model, environment, before?.(model.application)) ?? []),
    );
}

function rowOf(
  model: ApplicationModel,
  environment: EnvironmentModel,
  before: RequestOf | undefined,
): CostRow | undefined {
  const { prices } = environment;
  if (!prices) return undefined;
  const now = stays(workloadRequests(model, environment));
  const month = monthOf(now, prices);
  const then = before && monthOf(stays(workloadRequests(model, environment, before)), prices);
  return {
    application: model.application,
    environment: environment.name,
    currency: prices.currency,
    replicas: {
      atLeast: now.reduce((sum, { replicas }) => sum + replicas.min, 0),
      atMost: now.reduce((sum, { replicas }) => sum + replicas.max, 0),
    },
    requests: { atLeast: atLeast(now), atMost: atMost(now) },
    month,
    ...(then && {
      change: { atLeast: month.atLeast - then.atLeast, atMost: month.atMost - then.atMost },
    }),
  };
}

const stays = (requests: readonly WorkloadRequests[]): readonly WorkloadRequests[] =>
  requests.filter(({ kind }) => kind === 'web-service' || kind === 'worker');

const monthOf = (requests: readonly WorkloadRequests[], prices: PricesModel): Span<bigint> => ({
  atLeast: centsOf(atLeast(requests), prices),
  atMost: centsOf(atMost(requests), prices),
});

const NANO = 1e9;
const GIBIBYTE = 2n ** 30n;
/** Billionths of a core or byte, at billionths of the currency, for bytes at the price of a gibibyte. */
const UNIT = 10n ** 18n * GIBIBYTE;
const CENTS = 100n;

/** A month in whole cents, rounded half up. */
function centsOf(
  { cpu, memory }: NanoAmounts,
  { cpuCoreHour, memoryGiBHour }: PricesModel,
): bigint {
  const nanos = (price: number): bigint => BigInt(Math.round(price * NANO));
  const hour = cpu * nanos(cpuCoreHour) * GIBIBYTE + memory * nanos(memoryGiBHour);
  const month = hour * BigInt(HOURS_PER_MONTH) * CENTS;
  return (month + UNIT / 2n) / UNIT;
}

/** The sum of what the rows say: rounded as they are, so that it is the sum of what is printed. */
export const totalOf = (rows: readonly CostRow[]): Pick<CostRow, 'month' | 'change'> => {
  const sum = (ranges: readonly Span<bigint>[]): Span<bigint> => ({
    atLeast: ranges.reduce((all, range) => all + range.atLeast, 0n),
    atMost: ranges.reduce((all, range) => all + range.atMost, 0n),
  });
  const changes = rows.flatMap(({ change }) => change ?? []);
  return {
    month: sum(rows.map(({ month }) => month)),
    ...(changes.length > 0 && { change: sum(changes) }),
  };
};
