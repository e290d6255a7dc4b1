import { describe } from './describe';

/** What a caller does while it waits for a dependency. The library sets none of it: it says what the code does. */
export interface CallProps {
  /** How long one attempt may take until the caller gives it up: `'2s'`, `'300ms'`; at most an hour. @default unknown - then nothing is judged by it */
  readonly timeout?: string;
  /** How often it is tried in all, 1 to 10: 3 is two retries. @default 1 - no retry */
  readonly attempts?: number;
  /** Whether the caller survives without it. @default what `soft(…)` says, else false */
  readonly soft?: boolean;
}

/** How a reference is used, beside what it leads to. */
export interface Terms {
  readonly soft: boolean;
  /** As the team gave it: checked where it is used. */
  readonly call?: CallProps;
}

/** What changes about the use of a reference. */
export type TermsChange = Partial<Terms>;

/** The terms of a reference after `soft(…)` or `call(…)` around it; of two calls each says what the inner one does not. */
export function changedTerms(given: Terms, change: TermsChange): Terms {
  const call = change.call === undefined ? given.call : joined(given.call, change.call);
  return { soft: change.soft ?? given.soft, ...(call !== undefined && { call }) };
}

/** What of the terms is written into a reference; nothing of a call where there is none, so that no byte changes. */
export const termsOf = ({ soft, call }: Terms): Terms => ({
  soft,
  ...(call !== undefined && { call }),
});

const isBag = (value: unknown): value is Readonly<Record<string, unknown>> =>
  Object.prototype.toString.call(value) === '[object Object]';

const joined = (inner: CallProps | undefined, outer: CallProps): CallProps =>
  isBag(inner) && isBag(outer) ? Object.freeze({ ...inner, ...outer }) : outer;

/** The change that `call(…)` makes. What has the wrong form is kept, and reported where it is used. */
export function callChange(props: CallProps): TermsChange {
  const call = copied(props);
  const soft = isBag(call) && typeof call.soft === 'boolean' ? { soft: call.soft } : {};
  return { call, ...soft };
}

/** A copy, so that nothing changes later. Props are anybody's, and may throw when they are read. */
function copied(props: unknown): CallProps {
  if (!isBag(props)) return (props ?? null) as CallProps;
  try {
    return Object.freeze({ ...props });
  } catch {
    return Object.freeze({});
  }
}

/** A call as it is written into a marker: JSON would leave out what it does not know. */
export function writtenCall(call: unknown): unknown {
  if (call === undefined) return undefined;
  if (!isBag(call)) return writtenValue(call);
  return Object.fromEntries(
    Object.entries(call).map(([name, value]) => [name, writtenValue(value)]),
  );
}

const writtenValue = (value: unknown): unknown =>
  ['string', 'boolean', 'number'].includes(typeof value) && !Number.isNaN(value)
    ? value
    : describe(value);
