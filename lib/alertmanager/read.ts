import { describe, isBag, isList, oneLine } from '../foundation';
import { parsed, refusal, unlike, unreadable, type Failure, type Reply } from '../prometheus';
import { ALERTMANAGER } from './options';
import type {
  AlertmanagerStatus,
  AlertState,
  AlertStatus,
  ReceivedAlert,
  Silence,
  SilenceMatcher,
  SilenceState,
} from './shapes';

const LONGEST = 500;

type Bag = Readonly<Record<string, unknown>>;

/** The rows of an answer that is a list, or why there are none. */
export function readList<Row>(
  reply: Reply,
  tryRow: (row: Bag) => Row | undefined,
): readonly Row[] | Failure {
  const value = readJson(reply);
  if ('fault' in value) return value;
  if (!isList(value.json)) return unlike(`answered with ${describe(value.json)}`, ALERTMANAGER);
  const rows: Row[] = [];
  for (const row of value.json) {
    const read = isBag(row) ? tryRow(row) : undefined;
    if (read === undefined) {
      return unlike(`answered with a row that is ${describe(row)}`, ALERTMANAGER);
    }
    rows.push(read);
  }
  return rows;
}

/** What the server says of itself, or why it does not. */
export function readStatus(reply: Reply): AlertmanagerStatus | Failure {
  const value = readJson(reply);
  if ('fault' in value) return value;
  const { json } = value;
  const read = isBag(json) ? tryStatus(json) : undefined;
  return read ?? unlike(`answered with ${describe(json)}`, ALERTMANAGER);
}

function readJson(reply: Reply): { readonly json: unknown } | Failure {
  const refused = refusal(reply, ALERTMANAGER);
  if (refused) return refused;
  const json = parsed(reply.body);
  if (json === undefined) return unreadable(reply, ALERTMANAGER);
  if (reply.status < 400) return { json };
  const said = typeof json === 'string' ? oneLine(json, LONGEST) : describe(json);
  return {
    ...{ fault: 'rejected', status: reply.status },
    found: `answered ${reply.status}: ${said}`,
    fix: "Look into the server's log",
  };
}

export function tryAlert(row: Bag): ReceivedAlert | undefined {
  const { labels, annotations, startsAt, endsAt, fingerprint, receivers, status } = row;
  const read = isBag(status) ? tryAlertStatus(status) : undefined;
  if (!read || !isTexts(labels) || !isTexts(annotations) || !isList(receivers)) return undefined;
  if (!isText(startsAt) || !isText(endsAt) || !isText(fingerprint)) return undefined;
  const names = receivers.map((receiver) => (isBag(receiver) ? receiver.name : undefined));
  if (!names.every(isText)) return undefined;
  return { labels, annotations, startsAt, endsAt, status: read, fingerprint, receivers: names };
}

const ALERT_STATES: ReadonlySet<unknown> = new Set<AlertState>([
  'unprocessed',
  'active',
  'suppressed',
]);

function tryAlertStatus({ state, ...status }: Bag): AlertStatus | undefined {
  const { silencedBy, inhibitedBy, mutedBy = [] } = status;
  const isRead = isTextList(silencedBy) && isTextList(inhibitedBy) && isTextList(mutedBy);
  if (!isRead || !ALERT_STATES.has(state)) return undefined;
  return { state: state as AlertState, silencedBy, inhibitedBy, mutedBy };
}

const SILENCE_STATES: ReadonlySet<unknown> = new Set<SilenceState>([
  'pending',
  'active',
  'expired',
]);

export function trySilence(row: Bag): Silence | undefined {
  const { id, status, matchers, startsAt, endsAt, createdBy, comment } = row;
  const state = isBag(status) ? status.state : undefined;
  if (!SILENCE_STATES.has(state) || !isList(matchers) || !isText(id)) return undefined;
  if (!isText(startsAt) || !isText(endsAt) || !isText(createdBy) || !isText(comment)) {
    return undefined;
  }
  const read = matchers.map((matcher) => (isBag(matcher) ? tryMatcher(matcher) : undefined));
  if (!read.every((matcher) => matcher !== undefined)) return undefined;
  const times = { startsAt, endsAt };
  return { id, state: state as SilenceState, matchers: read, ...times, createdBy, comment };
}

function tryMatcher({ name, value, isRegex, isEqual = true }: Bag): SilenceMatcher | undefined {
  if (!isText(name) || !isText(value)) return undefined;
  if (typeof isRegex !== 'boolean' || typeof isEqual !== 'boolean') return undefined;
  return { name, value, isRegex, isEqual };
}

function tryStatus({ cluster, versionInfo }: Bag): AlertmanagerStatus | undefined {
  if (!isBag(cluster) || !isBag(versionInfo)) return undefined;
  const { status, peers = [] } = cluster;
  const { version } = versionInfo;
  if (!isText(status) || !isText(version) || !isList(peers)) return undefined;
  return { version, cluster: status, peers: peers.length };
}

const isText = (value: unknown): value is string => typeof value === 'string';

const isTextList = (value: unknown): value is readonly string[] =>
  isList(value) && value.every(isText);

const isTexts = (value: unknown): value is Readonly<Record<string, string>> =>
  isBag(value) && Object.values(value).every(isText);
