import { describe } from '../foundation';
import { tryMatchers, type Matcher } from '../prometheus';
import { tryIncident, type Incident } from '../rightsize';
import { UsageError } from './exit-code';

/** What is asked, as the command line has it. */
export interface AskedArguments {
  readonly window: string;
  readonly selector?: readonly string[];
  readonly incident?: readonly string[];
}

/** What is asked. */
export interface AskedOptions {
  readonly days: number;
  readonly matchers: readonly Matcher[];
  readonly incidents: readonly Incident[];
}

const MOST_DAYS = 90;
const LEAST_DAYS = 7;

/** Reads what is asked. @throws UsageError */
export function askedOf({ window, selector = [], incident = [] }: AskedArguments): AskedOptions {
  const days = Number(/^(\d{1,3})d?$/.exec(window)?.[1] ?? NaN);
  if (!(days >= LEAST_DAYS && days <= MOST_DAYS)) {
    throw new UsageError(
      `--window is ${describe(window)}. Give whole days from ${LEAST_DAYS} to ${MOST_DAYS}, such as 14.`,
    );
  }
  return { days, matchers: selector.flatMap(matchersOf), incidents: incident.map(incidentOf) };
}

/** Reads conditions on all series. @throws UsageError */
export function matchersOf(text: string): readonly Matcher[] {
  const matchers = tryMatchers(text);
  if (matchers) return matchers;
  throw new UsageError(
    `--selector is ${describe(text)}. Give conditions as PromQL has them, the values in double quotes: 'cluster="prod-eu",region="eu"'.`,
  );
}

function incidentOf(text: string): Incident {
  const incident = tryIncident(text);
  if (incident) return incident;
  throw new UsageError(
    `--incident is ${describe(text)}. Give its begin and end in UTC, such as 2026-11-03T10:00Z/2026-11-03T14:30Z.`,
  );
}
