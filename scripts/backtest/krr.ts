import { ascending, most, quantileOf } from './quantile';
import { floored, type Rule } from './rule';

const PERCENTILE = 0.95;
const MARGIN = 1.15;
const LEAST_CPU = 0.01;
const LEAST_MEMORY = 100 * 2 ** 20;

/**
 * The simple strategy of Robusta's KRR, written for comparison: the P95 of the window's CPU and the largest memory with 15 % on top.
 * @see https://github.com/robusta-dev/krr
 */
export const krr: Rule = {
  name: 'krr',
  title: 'cpu p95; memory max x 1.15',
  cpu: (training) =>
    floored(quantileOf(ascending(training.flatMap(({ cpu }) => cpu)), PERCENTILE), LEAST_CPU),
  memory: (training) =>
    floored(most(training.map(({ memory }) => most(memory))) * MARGIN, LEAST_MEMORY),
};
