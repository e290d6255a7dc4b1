import { ServerError, type Fault } from '../prometheus';

/** What is looked for. */
export type EvidencePart =
  | 'presence'
  | 'alerts'
  | 'burn'
  | 'states'
  | 'deploys'
  | 'scaling'
  | 'restarts'
  | 'nodes'
  | 'silences';

/** Why something is not known. */
export type GapKind =
  /** No server answered: none was reached, it let nobody in, or took too long. */
  | 'unreachable'
  /** It answered with a part of its data. */
  | 'partial'
  /** It answered, and refused this question. */
  | 'refused'
  /** It has no series of this kind in this time. */
  | 'no-data'
  /** It has samples of a part of the time alone. */
  | 'part-of-time'
  /** What it has is of another cluster, or of another environment. */
  | 'other-cluster'
  /** Nobody said where to ask. */
  | 'not-asked';

/** Something that is not known, and why. */
export interface Gap {
  readonly part: EvidencePart;
  readonly kind: GapKind;
  /** A sentence without a full stop. */
  readonly found: string;
  /** An imperative without a full stop; absent where nothing helps. */
  readonly fix?: string;
}

/** What was found of one part. */
export interface Found<T> {
  readonly rows: readonly T[];
  /** What was asked, as it can be asked again. */
  readonly queries: readonly string[];
  /** What is not known: without any, no row means that there was nothing. */
  readonly gaps: readonly Gap[];
  /** By how much times may be off, in seconds: how far apart the points are that were looked at, or the samples of the server. */
  readonly uncertaintySeconds: number;
}

/** Faults that all other questions would meet as well. */
const OF_THE_SERVER: ReadonlySet<Fault> = new Set([
  ...(['options', 'connection', 'tls', 'credentials', 'not-found'] as const),
  ...(['redirect', 'unavailable', 'answer', 'truncated', 'aborted'] as const),
]);

/** Whether it is of no use to ask anything else. */
export const isOfServer = (error: ServerError): boolean => OF_THE_SERVER.has(error.fault);

/** What a fault leaves unknown. */
export function gapOf(part: EvidencePart, error: ServerError): Gap {
  const { fault, endpoint, found, fix } = error;
  const kind = isOfServer(error) || fault === 'timeout' ? 'unreachable' : 'refused';
  return {
    part,
    kind: fault === 'partial' ? 'partial' : kind,
    found: `${endpoint} ${found}`,
    fix,
  };
}

/** Nothing, for a reason. */
export const nothing = <T>(queries: readonly string[], ...gaps: readonly Gap[]): Found<T> => ({
  ...{ rows: [], queries, gaps, uncertaintySeconds: 0 },
});

/** Looks, and makes of what the server says a gap. @throws what is no answer of a server */
export async function looked<T>(
  part: EvidencePart,
  queries: readonly string[],
  look: () => Promise<Found<T>>,
): Promise<Found<T>> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof ServerError) return nothing(queries, gapOf(part, error));
    throw error;
  }
}
