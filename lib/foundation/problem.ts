import { inspect } from 'node:util';
import { oneLine } from './describe';
import type { ProblemCode } from './problem-codes';
import { captureSource, type Captured, type Source } from './source';

/** How bad a problem is: an error stops the synthesis, a warning is only shown. */
export type Severity = 'error' | 'warning';

/** An error as data. Text is made of it at the edge, by {@link renderProblem}. */
export interface Problem {
  /** The stable name of this kind of problem. */
  readonly code: ProblemCode;
  readonly severity: Severity;
  /** The rule that is broken, when the code is `RuleBroken`. */
  readonly rule?: string;
  /** The construct path, such as `shop/orders`. */
  readonly at: string;
  /** What was found: a clause without a full stop. */
  readonly found: string;
  /** What to do about it: an imperative without a full stop. */
  readonly fix: string;
  /** Where the construct was made in TypeScript, when that is known. */
  readonly source?: Source;
}

/** One problem as one line of text. */
export function renderProblem(problem: Problem): string {
  const place = problem.source ? ` (${problem.source.file}:${problem.source.line})` : '';
  return `${problem.rule ?? problem.code} at ${problem.at}${place}: ${problem.found}. ${problem.fix}.`;
}

/** A list of problems as text: the count, then one line each. */
export function renderProblems(problems: readonly Problem[]): string {
  const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
  return [count, ...problems.map((problem) => `  ${renderProblem(problem)}`)].join('\n');
}

/** Thrown when a synthesis found errors. Carries them all. */
export class ProblemsFound extends Error {
  /** The problems, as data. */
  declare public readonly problems: readonly Problem[];

  public constructor(problems: readonly Problem[]) {
    super(renderProblems(problems));
    // Node prints an uncaught error with its fields and frames, which would bury the text: so only the caller's frame is kept.
    Object.defineProperty(this, 'name', { value: 'ProblemsFound', enumerable: false });
    Object.defineProperty(this, 'problems', { value: problems, enumerable: false });
    const caller = captureSource().resolve();
    this.stack = `${this.message}\n    at ${caller ? `${caller.file}:${caller.line}` : 'synth'}`;
  }

  /** @internal */
  public [inspect.custom](): string {
    return this.message;
  }
}

/** Names of props and constructs are the team's, of any length and with any character. */
const LONGEST = 800;

/** Collects the problems of one construct. */
export class ProblemLog {
  readonly #problems: Problem[] = [];
  readonly #at: string;
  readonly #captured: Captured | undefined;

  public constructor(at: string, captured?: Captured) {
    this.#at = at;
    this.#captured = captured;
  }

  public get problems(): readonly Problem[] {
    return this.#problems;
  }

  /** How many errors were reported so far. */
  public get errors(): number {
    return this.#problems.filter((problem) => problem.severity === 'error').length;
  }

  public error(code: ProblemCode, found: string, fix: string): void {
    this.#add(code, 'error', found, fix);
  }

  public warning(code: ProblemCode, found: string, fix: string): void {
    this.#add(code, 'warning', found, fix);
  }

  /** A rule of the guardrails that is broken. */
  public broken(rule: string, severity: Severity, found: string, fix: string): void {
    this.#add('RuleBroken', severity, found, fix, rule);
  }

  #add(code: ProblemCode, severity: Severity, found: string, fix: string, rule?: string): void {
    const source = this.#captured?.resolve();
    const line = (text: string): string => oneLine(text, LONGEST);
    this.#problems.push({
      code,
      severity,
      ...(rule !== undefined && { rule }),
      at: line(this.#at),
      found: line(found),
      fix: line(fix),
      ...(source && { source }),
    });
  }
}
