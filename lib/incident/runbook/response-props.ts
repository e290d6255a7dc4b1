import {
  custom,
  fields,
  integer,
  isText,
  optional,
  some,
  type ResponseModel,
  type Shape,
} from '../../foundation';

/** An alert at which something may be done without a person finding out how. */
export type ResponseSignature =
  | 'SLOErrorBudgetBurnPage'
  | 'SLODependentsBurnPage'
  | 'SLOErrorBudgetBurnTicket'
  | 'WorkloadAtMaximumScale'
  | 'WorkloadContainerWaiting'
  | 'WorkloadCpuThrottled'
  | 'WorkloadCrashLooping'
  | 'WorkloadMemoryNearLimit'
  | 'WorkloadOutOfMemory'
  | 'WorkloadReplicasMissing'
  | 'WorkloadRolloutStuck';

const SIGNATURES: readonly ResponseSignature[] = [
  'SLOErrorBudgetBurnPage',
  'SLODependentsBurnPage',
  'SLOErrorBudgetBurnTicket',
  'WorkloadAtMaximumScale',
  'WorkloadContainerWaiting',
  'WorkloadCpuThrottled',
  'WorkloadCrashLooping',
  'WorkloadMemoryNearLimit',
  'WorkloadOutOfMemory',
  'WorkloadReplicasMissing',
  'WorkloadRolloutStuck',
];

/** When something may be done, and how often. */
export interface AutomatedResponse {
  /** One of these alerts of the service must fire. */
  readonly when: readonly ResponseSignature[];
  /**
   * The shortest time between two actions on the service, whichever they are, in minutes.
   * @default 30 - what the slow pair of a page looks back over: before that nobody can tell whether the last one helped
   */
  readonly everyMinutes?: number;
  /**
   * How often in 24 hours it may be done.
   * @default 3 - what is needed more often is a fault to be mended, which would never be seen
   */
  readonly perDay?: number;
}

/** What may be done for a service, by what it is; nothing of it is done unless somebody asks for it. */
export interface AutomatedResponses {
  /** Raises the floor of the autoscaler to its ceiling. @default it is not offered */
  readonly 'scale-out'?: AutomatedResponse;
  /** Replaces the one pod that is worse than the others. @default it is not offered */
  readonly 'restart-pod'?: AutomatedResponse;
  /** Goes back to the last revision that held its objective. @default it is not offered */
  readonly 'roll-back'?: AutomatedResponse;
}

const response = fields(
  {
    when: some(
      custom(
        (value) => isText(value) && SIGNATURES.some((each) => each === value),
        `one of ${SIGNATURES.join(', ')}`,
      ),
      "a list of alerts such as ['SLOErrorBudgetBurnPage']",
    ),
    everyMinutes: optional(integer(5, 1440, 'whole minutes from 5 to 1440')),
    perDay: optional(integer(1, 24, 'a whole number from 1 to 24')),
  },
  "{ when: ['SLOErrorBudgetBurnPage'] }",
);

/** The shape of what may be done for a service. */
export const responsesShape: Shape = fields(
  {
    'scale-out': optional(response),
    'restart-pod': optional(response),
    'roll-back': optional(response),
  },
  "{ 'scale-out': { when: ['WorkloadAtMaximumScale'] } }",
);

const ACTIONS = ['scale-out', 'restart-pod', 'roll-back'] as const;

/** The same with all defaults, in one order. */
export const resolveResponses = (responses: AutomatedResponses): readonly ResponseModel[] =>
  ACTIONS.flatMap((action): readonly ResponseModel[] => {
    const given = responses[action];
    if (!given) return [];
    const { when, everyMinutes = 30, perDay = 3 } = given;
    return [{ action, when: [...new Set(when)], everyMinutes, perDay }];
  });
