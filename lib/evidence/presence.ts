import { isoText } from '../foundation';
import { LOOKBACK_SECONDS, ServerError, selector, type Series } from '../prometheus';
import { ofApplications, paced, type Place } from './asked';
import type { Asker } from './asker';
import { gapOf, isOfServer, type Gap } from './found';
import { holesOf } from './holes';

/** What the rules of an application record at each of their evaluations. */
export const INFO = 'golden_path:namespace:info';

/** Whether a server has what is looked for, and how closely. */
export interface Presence {
  readonly gaps: readonly Gap[];
  readonly queries: readonly string[];
  /** Whether anything else is worth asking. */
  readonly isThere: boolean;
  /** How far apart the samples are that rules record, in seconds; absent where it is not known. */
  readonly evaluationSeconds?: number;
  /** The first moment of which it has samples. */
  readonly from?: number;
}

/** Whose data a server has in the time. */
export async function presenceOf(asker: Asker): Promise<Presence> {
  const { places, matchers, pace } = asker.asked;
  const query = `max by (application, environment, namespace) (${selector(INFO, matchers)})`;
  const queries = [query];
  try {
    const [main] = places;
    const rows = await asker.over(query, { most: MOST_POINTS_OF_ALL });
    const own = rows.find((row) => isOf(row, main));
    if (!own) return { gaps: [await absence(asker, rows, main)], queries, isThere: false };
    const from = own.points[0]?.at;
    const spread = `max(count_over_time(${ofApplications(INFO, asker.asked)}[${paced(SPREAD_SECONDS, pace)}]))`;
    const [counted] = await asker.at(spread);
    const count = counted?.points[0]?.value ?? 0;
    const late = from === undefined ? undefined : tryLate(asker, from);
    const holes = holeGaps(asker, own);
    return {
      ...{ gaps: [...(late ? [late] : []), ...holes], queries, isThere: true },
      ...(count > 1 && { evaluationSeconds: SPREAD_SECONDS / pace / count }),
      ...(from !== undefined && { from }),
    };
  } catch (error) {
    if (!(error instanceof ServerError)) throw error;
    // Nothing is asked that is cheaper.
    const isLost = isOfServer(error) || error.fault === 'timeout';
    return { gaps: [gapOf('presence', error)], queries, isThere: !isLost };
  }
}

/** There is a series for each application in each environment. */
const MOST_POINTS_OF_ALL = 500;
/** Over which the samples are counted. */
const SPREAD_SECONDS = 600;

const isOf = ({ labels }: Series, place: Place): boolean =>
  labels.application === place.application &&
  labels.environment === place.environment &&
  labels.namespace === place.namespace;

/** Samples that begin later than the time, by more than is looked back for one. */
function tryLate(asker: Asker, from: number): Gap | undefined {
  const { span, pace } = asker.asked;
  if (from - span.start <= LOOKBACK_SECONDS / pace) return undefined;
  return {
    part: 'presence',
    kind: 'part-of-time',
    found: `${asker.client.address} has samples of it only from ${isoText(from)} on`,
    fix: 'Ask about a time that it still has',
  };
}

/** A change of the rules leaves a shorter one. */
const SHORTEST_HOLE = 150;

/** Times without samples after the first one. */
function holeGaps(asker: Asker, { points }: Series): readonly Gap[] {
  const { pace } = asker.asked;
  const { address } = asker.client;
  const holes = holesOf(points, asker.range({ most: MOST_POINTS_OF_ALL })).filter(
    ({ start, end, isLast }) => end - start > (isLast ? LOOKBACK_SECONDS : SHORTEST_HOLE) / pace,
  );
  return holes.map(({ start, end, isLast }) =>
    isLast
      ? {
          ...{ part: 'presence', kind: 'part-of-time' },
          found: `${address} has samples of it only until ${isoText(start)}`,
          fix: 'Look whether it still runs and loads these rules, or ask about a time that ends there',
        }
      : {
          ...{ part: 'presence', kind: 'part-of-time' },
          found: `${address} has no samples of it from ${isoText(start)} to ${isoText(end)}: what ended then is not known`,
        },
  );
}

/** Why there is nothing of a place. */
async function absence(asker: Asker, rows: readonly Series[], place: Place): Promise<Gap> {
  const { application, environment, namespace } = place;
  const where = `${application} in ${environment} (namespace ${namespace})`;
  const { address } = asker.client;
  if (rows.length > 0) {
    const others = rows.map(({ labels }) => textOf(labels)).sort();
    const more = others.length > SHOWN ? ` and ${others.length - SHOWN} more` : '';
    return {
      ...{ part: 'presence', kind: 'other-cluster' },
      found: `${address} has nothing of ${where} in this time: it has ${others.slice(0, SHOWN).join(', ')}${more}`,
      fix: 'Give the Prometheus of that environment, or the conditions that tell its cluster apart',
    };
  }
  const { span, matchers } = asker.asked;
  const seconds = Math.max(1, Math.ceil(span.end - span.start));
  const everything = `count(present_over_time(${selector('up', matchers)}[${seconds}s]))`;
  const some = await asker.at(everything);
  if (some.length > 0) {
    return {
      ...{ part: 'presence', kind: 'other-cluster' },
      found: `${address} has samples of this time, and ${INFO} is not among them: it never evaluated the rules of ${where}`,
      fix: 'Give the Prometheus that loads the rules of the output folder',
    };
  }
  return {
    ...{ part: 'presence', kind: 'no-data' },
    found: `${address} answers, and has no sample of this time: it did not run, or has thrown them away`,
    fix: 'Ask about a time within its retention, or the long-term store behind it',
  };
}

const SHOWN = 5;

const textOf = ({ application = '?', environment = '?', namespace = '?' }: Series['labels']) =>
  `${application} in ${environment} (namespace ${namespace})`;
