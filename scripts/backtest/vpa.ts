import { most } from './quantile';
import { floored, type Rule } from './rule';
import type { Day } from './windows';

/** The buckets of a histogram: the first is so wide, each next one 5 % wider. */
export interface Buckets {
  readonly first: number;
  readonly max: number;
}

export const cpuBuckets: Buckets = { first: 0.01, max: 1000 };
export const memoryBuckets: Buckets = { first: 1e7, max: 1e12 };

const GROWTH = 1.05;
const SECONDS_OF_DAY = 86_400;
const HALF_LIFE = SECONDS_OF_DAY;
const DAYS = 8;
const PERCENTILE = 0.9;
const MARGIN = 1.15;
const LEAST_CPU = 0.025;
const LEAST_MEMORY = 250 * 2 ** 20;

/** Where a bucket begins, the first being number 0: the sum of the widths before it. */
export const bucketStart = ({ first }: Buckets, bucket: number): number =>
  (first * (GROWTH ** bucket - 1)) / (GROWTH - 1);

/** In which bucket a value is. */
export function bucketOf(buckets: Buckets, value: number): number {
  const limited = Math.min(Math.max(value, 0), buckets.max);
  const guess = Math.floor(
    Math.log((limited * (GROWTH - 1)) / buckets.first + 1) / Math.log(GROWTH),
  );
  // Logarithms miss by a bit where a value stands on an edge.
  return bucketStart(buckets, guess + 1) <= limited ? guess + 1 : guess;
}

/** A value and how much it counts. */
export interface Weighed {
  readonly value: number;
  readonly weight: number;
}

/** The upper edge of the bucket in which the share of the weight is reached. */
export function histogramPercentile(
  buckets: Buckets,
  samples: readonly Weighed[],
  share: number,
): number {
  const weights: number[] = [];
  for (const { value, weight } of samples) {
    const bucket = bucketOf(buckets, value);
    weights[bucket] = (weights[bucket] ?? 0) + weight;
  }
  const total = samples.reduce((sum, { weight }) => sum + weight, 0);
  let reached = 0;
  for (let bucket = 0; bucket < weights.length; bucket++) {
    reached += weights[bucket] ?? 0;
    if (reached >= share * total) return bucketStart(buckets, bucket + 1);
  }
  return bucketStart(buckets, weights.length);
}

/**
 * The target of the Vertical Pod Autoscaler's recommender, written for comparison: the P90 of histograms that forget by half in a day, of
 * all samples of CPU and of each day's peak of memory, with 15 % on top. It stands still for the window, as a file does: the live
 * recommender follows use and kills, so this is no verdict on it.
 * @see https://github.com/kubernetes/autoscaler/tree/master/vertical-pod-autoscaler
 */
export const vpa: Rule = {
  name: 'vpa',
  title: 'cpu p90 of a histogram, half-life 24 h, x 1.15; memory the same of daily peaks',
  cpu: (training) => {
    const end = endOf(training);
    const samples = training
      .slice(-DAYS)
      .flatMap(({ times, cpu }) =>
        times.map((time, at) => ({ value: cpu[at] ?? 0, weight: decay(end - time) })),
      );
    return floored(histogramPercentile(cpuBuckets, samples, PERCENTILE) * MARGIN, LEAST_CPU);
  },
  memory: (training) => {
    const end = endOf(training);
    const peaks = training.slice(-DAYS).map(({ number, memory }) => ({
      value: most(memory),
      weight: decay(end - (number + 1) * SECONDS_OF_DAY),
    }));
    return floored(histogramPercentile(memoryBuckets, peaks, PERCENTILE) * MARGIN, LEAST_MEMORY);
  },
};

const endOf = (training: readonly Day[]): number =>
  ((training.at(-1)?.number ?? 0) + 1) * SECONDS_OF_DAY;

const decay = (age: number): number => 2 ** (-age / HALF_LIFE);
