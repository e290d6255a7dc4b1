import {
  custom,
  either,
  fields,
  isBag,
  optional,
  text,
  type Fields,
  type Shape,
} from '../../foundation';
import { trySeconds } from '../duration';

/** No objective, on purpose. */
export interface NoSlo {
  /** Why, for whoever looks for it in an incident. */
  readonly none: string;
}

/** What a web service promises, over 30 days. */
export interface RequestSlo {
  /** The percentage of requests that do not fail, such as 99.9. @default none */
  readonly availability?: number;
  /** @default none */
  readonly latency?: {
    /** The slowest good request, such as `'300ms'`: a bucket boundary of the platform's source of signals. */
    readonly under: string;
    /** The percentage of requests that are as fast, such as 99. */
    readonly objective: number;
  };
}

/** What a worker promises, over 30 days. */
export interface WorkSlo {
  readonly freshness: {
    /** The age of the oldest message that is still good, such as `'10m'`. */
    readonly within: string;
    /** The percentage of the time in which no message is older, such as 99. */
    readonly objective: number;
  };
}

/** What a scheduled job promises, over 30 days. How late is too late follows from its schedule and deadlines. */
export interface ScheduleSlo {
  readonly freshness: {
    /** The percentage of the time in which its last success is not too old. */
    readonly objective: number;
  };
}

/** Below 83.4 % no pair of windows of a page burns even in a full outage; above 99.999 % no person can save the 26 seconds of a month. */
const LEAST = 90;
const MOST = 99.999;
const percentage = custom(
  (value) => typeof value === 'number' && value >= LEAST && value <= MOST,
  `a percentage from ${LEAST} to ${MOST}, such as 99.9: 100 leaves no budget`,
);

const time = (most: number, give: string): Shape =>
  text(
    give,
    (value) => {
      const seconds = trySeconds(value);
      return seconds !== undefined && seconds >= 0.001 && seconds <= most;
    },
    'DurationInvalid',
  );

const noSlo = fields(
  { none: text('the reason') },
  "{ none: '…' } with the reason, where there is to be no objective",
);

/** An object with at least one of its fields, or `{ none: '…' }`. */
const slo = (shape: Fields): Shape => {
  const some: Shape = {
    give: shape.give,
    check: (value, path, log) => {
      const isEmpty = isBag(value) && Object.keys(value).length === 0;
      (isEmpty ? custom(() => false, shape.give) : shape).check(value, path, log);
    },
  };
  return either((value) => (isBag(value) && 'none' in value ? noSlo : some), shape.give);
};

const requestFields = fields(
  {
    availability: optional(percentage),
    latency: optional(
      fields(
        { under: time(600, "a duration such as '300ms', at most 10m"), objective: percentage },
        "{ under: '300ms', objective: 99 }",
      ),
    ),
  },
  "{ availability: 99.9, latency: { under: '250ms', objective: 99 } }, or one of them",
);

export const requestSloShape: Shape = slo(requestFields);

export const workSloShape: Shape = slo(
  fields(
    {
      freshness: fields(
        {
          within: time(7 * 86_400, "a duration such as '10m', at most 168h"),
          objective: percentage,
        },
        "{ within: '10m', objective: 99 }",
      ),
    },
    "{ freshness: { within: '10m', objective: 99 } }",
  ),
);

export const scheduleSloShape: Shape = slo(
  fields(
    { freshness: fields({ objective: percentage }, '{ objective: 99 }') },
    '{ freshness: { objective: 99 } }',
  ),
);

/** What a platform promises for the services of a tier. */
export const platformSloShape: Shape = requestFields;

/** Whether there is to be no objective, on purpose. */
export const isNoSlo = (slo: object): slo is NoSlo => 'none' in slo;
