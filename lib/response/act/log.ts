import { isBag, isList, isText } from '../../foundation';

/** What was done for a service, and what came of it. */
export interface LogEntry {
  /** ISO 8601, in UTC. */
  readonly at: string;
  readonly application: string;
  readonly service: string;
  readonly action: string;
  /** The alert that fired. */
  readonly why: string;
  readonly because: readonly string[];
  readonly against: readonly string[];
  /** The commands, as they were given. */
  readonly commands: readonly string[];
  /** `begun`, `done`, or `failed:` and why. One that stays `begun` was interrupted. */
  readonly outcome: string;
}

/**
 * The ConfigMap in each namespace. An Event is gone after an hour, before the third action of a day could be counted; an annotation on the
 * Deployment would have to be looked for on every Deployment of the graph, and is replaced without asking whether somebody else wrote it. A
 * ConfigMap has a version: whoever writes second is refused, so of two responders only one acts. GitOps leaves alone what is not in Git.
 */
export const LOG = 'golden-path-responses';

/** Older ones are dropped with the next action. */
const KEPT = 100;

/** A ConfigMap as the server has it. */
export interface LogObject {
  readonly resourceVersion?: string;
  readonly entries: ReadonlyMap<string, LogEntry>;
}

/** Reads the ConfigMap; undefined when it is none. */
export function tryLog(value: unknown): LogObject | undefined {
  if (!isBag(value) || !isBag(value.metadata)) return undefined;
  const { resourceVersion } = value.metadata;
  const data = isBag(value.data) ? value.data : {};
  const entries = new Map<string, LogEntry>();
  for (const [key, text] of Object.entries(data)) {
    const entry = isText(text) ? tryEntry(text) : undefined;
    // What cannot be read may be an action that must be counted.
    if (!entry) return undefined;
    entries.set(key, entry);
  }
  return { ...(isText(resourceVersion) && { resourceVersion }), entries };
}

function tryEntry(text: string): LogEntry | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isBag(value)) return undefined;
  const { at, application, service, action, why, outcome } = value;
  const texts = [at, application, service, action, why, outcome];
  const lists = [value.because, value.against, value.commands];
  const isWhole = texts.every(isText) && lists.every((list) => isList(list) && list.every(isText));
  return isWhole && !Number.isNaN(Date.parse(String(at)))
    ? (value as unknown as LogEntry)
    : undefined;
}

export const logKey = ({ at, service, action }: LogEntry): string =>
  `${at.replace(/[^0-9TZ]/g, '')}.${service}.${action}`;

/** The ConfigMap with one more entry, or another outcome of it. */
export const withEntry = (log: LogObject, entry: LogEntry): object =>
  configMap(log, new Map(log.entries).set(logKey(entry), entry));

/** The ConfigMap without an entry. */
export function withoutEntry(log: LogObject, entry: LogEntry): object {
  const rest = new Map(log.entries);
  rest.delete(logKey(entry));
  return configMap(log, rest);
}

function configMap(log: LogObject, all: LogObject['entries']): object {
  const kept = [...all].sort(([a], [b]) => (a < b ? -1 : 1)).slice(-KEPT);
  const { resourceVersion } = log;
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: LOG,
      labels: { 'app.kubernetes.io/managed-by': 'golden-path-incident' },
      ...(resourceVersion !== undefined && { resourceVersion }),
    },
    data: Object.fromEntries(kept.map(([key, each]) => [key, JSON.stringify(each)])),
  };
}
