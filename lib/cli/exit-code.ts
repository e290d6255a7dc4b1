/** What a command's exit code means. */
export const exitCodes = {
  ok: 0,
  /** The work was done and found something wrong. */
  findings: 1,
  /** The command or its configuration is wrong. */
  usage: 2,
  /** A bug of this library. */
  internal: 3,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** The command or its configuration is wrong: said without a stack. */
export class UsageError extends Error {
  public override readonly name = 'UsageError';
}
