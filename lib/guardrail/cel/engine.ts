/** What an expression reads: the object under test, what the request is, and the shared variables, each computed when first read. */
export interface CelContext {
  readonly object: unknown;
  readonly request: CelRequest;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** The admission request as far as rules read it. */
export interface CelRequest {
  readonly operation: 'CREATE' | 'UPDATE';
  /** Such as `ephemeralcontainers`. The server leaves it out for a whole object, so that reading it without `?` would fail there. */
  readonly subResource?: string;
}

/** A compiled expression. Throws what CEL calls an error. */
export type CelProgram = (context: CelContext) => unknown;

/** The outcome of compiling: a program, or why there is none. */
export type Compiled =
  | { readonly program: CelProgram; readonly problem?: undefined }
  | { readonly program?: undefined; readonly problem: string };

/** All that guardrails need of a CEL implementation, so that another can take its place. */
export interface CelEngine {
  /** Compiles an expression of the accepted subset. */
  readonly compile: (expression: string) => Compiled;
  /** Plain data as the engine's values. */
  readonly toValue: (data: unknown) => unknown;
}
