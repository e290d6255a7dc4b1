import type { PhaseTwo } from '../binding';
import { hourlyPrices, type Environment, type HourlyPrices } from '../environment';
import { custom, fields, ProblemLog, type PricesModel, type Problem } from '../foundation';

/** What it costs to request something. The numbers go into the model and into no manifest: `golden-path cost` reads them. */
export interface Prices extends HourlyPrices {
  /** As ISO 4217 has it, such as `EUR`. */
  readonly currency: string;
}

export const pricesShape = fields(
  {
    currency: custom(
      (value) => typeof value === 'string' && /^[A-Z]{3}$/.test(value),
      "a currency as ISO 4217 has it, such as 'EUR'",
      'PlatformInvalid',
    ),
    ...hourlyPrices('PlatformInvalid'),
  },
  "{ currency: 'EUR', cpuCoreHour: 0.031, memoryGiBHour: 0.004 }",
);

/** The prices of an environment: its own, else those of the platform, in the platform's currency. */
export function pricesOf(
  prices: Prices | undefined,
  environment: Environment,
): PricesModel | undefined {
  if (!prices) return undefined;
  const { cpuCoreHour, memoryGiBHour } = environment.props.prices ?? prices;
  return { currency: prices.currency, cpuCoreHour, memoryGiBHour };
}

/** The same with its prices in the model. */
export function withPrices(phaseTwo: PhaseTwo, prices: Prices | undefined): PhaseTwo {
  const here = pricesOf(prices, phaseTwo.bound.environment);
  return here ? { ...phaseTwo, model: { ...phaseTwo.model, prices: here } } : phaseTwo;
}

/** Reports environments with prices of which nobody knows the currency. */
export function checkPrices(
  prices: Prices | undefined,
  environments: readonly Environment[],
): readonly Problem[] {
  if (prices) return [];
  return environments
    .filter(({ props }) => props.prices !== undefined)
    .flatMap(({ name, source }) => {
      const log = new ProblemLog(`environment ${name}`, source);
      const found = 'it has prices, and the platform has none, so their currency is unknown';
      log.error('EnvironmentInvalid', found, `Give the platform prices: ${pricesShape.give}`);
      return log.problems;
    });
}
