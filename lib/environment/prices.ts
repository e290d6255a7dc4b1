import { custom, fields, type ProblemCode, type Fields, type Shape } from '../foundation';

/** What is requested costs so much, in the currency of the platform. */
export interface HourlyPrices {
  /** For one core, an hour. */
  readonly cpuCoreHour: number;
  /** For one GiB of memory, an hour. */
  readonly memoryGiBHour: number;
}

/** More than this an hour is a slip of the unit in every currency. */
const MOST = 100_000;

const price = (code: ProblemCode): Shape =>
  custom(
    (value) => typeof value === 'number' && value >= 0 && value <= MOST && !Object.is(value, -0),
    `a price from 0 to ${MOST} an hour`,
    code,
  );

/** The shapes of both prices. */
export const hourlyPrices = (code: ProblemCode): Fields['shapes'] => ({
  cpuCoreHour: price(code),
  memoryGiBHour: price(code),
});

export const hourlyPricesShape: Shape = fields(
  hourlyPrices('EnvironmentInvalid'),
  '{ cpuCoreHour: 0.031, memoryGiBHour: 0.004 }',
);
