/** Thrown when a rehearsal cannot go on: a server does not start, or what it is given cannot be rehearsed. */
export class RehearsalError extends Error {
  public override readonly name = 'RehearsalError';
}
