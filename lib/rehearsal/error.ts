/** A program that did not do what it is for. */
export interface FailedProgram {
  readonly name: 'prometheus' | 'promtool' | 'alertmanager';
  readonly file: string;
}

/** Thrown when a rehearsal cannot go on: a server does not start, or what it is given cannot be rehearsed. */
export class RehearsalError extends Error {
  public override readonly name = 'RehearsalError';
  /** Who is to blame; undefined where it is no program. */
  public readonly program?: FailedProgram;

  public constructor(message: string, options: { cause?: unknown; program?: FailedProgram } = {}) {
    super(message, options);
    if (options.program) this.program = options.program;
  }
}
