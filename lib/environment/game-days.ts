import {
  describe,
  fields,
  isBag,
  optional,
  text,
  type ProblemLog,
  type Shape,
} from '../foundation';

/**
 * Lets the applications of an environment be put to the test by game days: faults on purpose, while people watch. An environment that does
 * not say so refuses them, in the plan and in the cluster.
 */
export interface GameDays {
  /** Why they are worth the risk here. Required in the stage `prod`, where people outside are hurt by what goes wrong. @default none */
  readonly reason?: string;
}

export const gameDaysShape: Shape = fields(
  { reason: optional(text('the reason')) },
  "{} or { reason: 'why' }",
);

/** Reports game days in production that nobody gives a reason for. */
export function checkGameDays(stage: unknown, gameDays: unknown, log: ProblemLog): void {
  if (stage !== 'prod' || !isBag(gameDays) || gameDays.reason !== undefined) return;
  const found = `gameDays is ${describe(gameDays)} in the stage prod, without a reason`;
  const fix =
    'Leave gameDays out, or give gameDays.reason: what is learnt here that staging cannot tell';
  log.error('EnvironmentInvalid', found, fix);
}
