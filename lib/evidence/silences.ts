import type { AlertmanagerClient, SilenceMatcher } from '../alertmanager';
import { ServerError } from '../prometheus';
import type { Asker } from './asker';
import { gapOf, nothing, type Found } from './found';

/** What of a client is needed. */
export type Silencing = Pick<AlertmanagerClient, 'address' | 'silences'>;

/** A time in which alerts were kept quiet. Who did it is a role: names stay where they are. */
export interface SilenceRun {
  readonly from: number;
  /** When it ended, or will. */
  readonly to: number;
  readonly matchers: readonly SilenceMatcher[];
  /** As PromQL writes them, such as `service="api"`. */
  readonly matchersText: string;
  /** Whether it has a comment. What it says is left where it is: nobody can tell which of its words are names. */
  readonly hasComment: boolean;
  readonly by: 'a responder';
  readonly query: string;
}

const PATH = '/api/v2/silences';

/** The silences that may have kept an alert of the places quiet, by their begin. */
export async function silencesOf(
  asker: Asker,
  alertmanager: Silencing | undefined,
): Promise<Found<SilenceRun>> {
  if (!alertmanager) {
    return nothing([], {
      ...{ part: 'silences', kind: 'not-asked' },
      found: 'no Alertmanager was asked, so silences are not known',
      fix: 'Give its address by --alertmanager',
    });
  }
  const queries = [`${alertmanager.address}${PATH}`];
  try {
    const { start, end } = asker.range({ isLeading: true });
    const rows = (await alertmanager.silences())
      .filter((silence) => mayMatch(asker, silence.matchers))
      .map((silence): SilenceRun => ({
        ...{ from: Date.parse(silence.startsAt) / 1000, to: Date.parse(silence.endsAt) / 1000 },
        ...{ matchers: silence.matchers, matchersText: textOf(silence.matchers) },
        ...{ hasComment: silence.comment.trim() !== '', by: 'a responder' },
        query: queries[0] ?? PATH,
      }))
      .filter(({ from, to }) => to >= start && from <= end)
      .sort((a, b) => a.from - b.from);
    return { rows, queries, gaps: [], uncertaintySeconds: 0 };
  } catch (error) {
    if (error instanceof ServerError) return nothing(queries, gapOf('silences', error));
    throw error;
  }
}

const SIGNS = { equal: ['!=', '='], regex: ['!~', '=~'] } as const;

const textOf = (matchers: readonly SilenceMatcher[]): string =>
  matchers
    .map(({ name, value, isRegex, isEqual }) => {
      const sign = SIGNS[isRegex ? 'regex' : 'equal'][isEqual ? 1 : 0];
      return `${name}${sign}${JSON.stringify(value)}`;
    })
    .join(',');

/** Whether a silence fits one of the places, as far as its conditions are about what a place is. */
function mayMatch({ asked: { places } }: Asker, matchers: readonly SilenceMatcher[]): boolean {
  return places.some((place) =>
    matchers.every((matcher) => {
      const values = {
        application: [place.application],
        environment: [place.environment],
        namespace: [place.namespace, ''],
      }[matcher.name];
      return values === undefined || values.some((value) => fits(matcher, value));
    }),
  );
}

/** Whether a condition of a silence holds for a value; one that cannot be read may. */
export function fits({ value, isRegex, isEqual }: SilenceMatcher, text: string): boolean {
  if (!isRegex) return (value === text) === isEqual;
  try {
    return new RegExp(`^(?:${value})$`, 'u').test(text) === isEqual;
  } catch {
    return true;
  }
}
