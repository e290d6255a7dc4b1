import { setTimeout } from 'node:timers/promises';
import { compareText, shellText } from '../../foundation';
import { readLog } from './cluster';
import type { ActFacts, Plan } from './facts';
import { firingOf } from './firing';
import { complaint, type Kubectl } from './kubectl';
import { isInTheWay } from './limits';
import { withEntry, withoutEntry, type LogEntry, type LogObject } from './log';

/** What came of an action. */
export interface Outcome {
  /** `forestalled`: somebody else was quicker, or it could not be logged, and nothing was done. */
  readonly is: 'done' | 'failed' | 'forestalled';
  /** Why, where it was not done. */
  readonly why?: string;
}

/** How often the end of an action is written where somebody else writes too. */
const TRIES = 5;

/** How often it is looked whether a later claim of another namespace is withdrawn, and how long apart. */
const LOOKS = 5;
const PAUSE_MS = 1000;

/** Where it is done, and where somebody else may act on what is connected with it. */
export interface Namespaces {
  readonly own: Kubectl;
  readonly elsewhere: readonly Kubectl[];
}

/**
 * Does what was decided. It is logged before, which claims it: a log that somebody else has changed since it was read is refused by the
 * server. Claims in other namespaces are read after one's own is written, so of two responders at least one sees the other; it yields.
 */
export async function carryOut(
  { own: kubectl, elsewhere }: Namespaces,
  facts: ActFacts,
  plan: Plan,
  log: LogObject,
): Promise<Outcome> {
  const entry = entryOf(facts, plan);
  const claimed = await write(kubectl, withEntry(log, entry), log);
  if (claimed !== undefined) {
    return { is: 'forestalled', why: `somebody else acts, or it cannot be logged: ${claimed}` };
  }
  const forestalled = await whyYield(elsewhere, facts, entry);
  if (forestalled !== undefined) {
    await change(kubectl, (now) => withoutEntry(now, entry));
    return { is: 'forestalled', why: forestalled };
  }
  const finish = (outcome: string): Promise<void> =>
    change(kubectl, (now) => withEntry(now, { ...entry, outcome }));
  for (const command of plan.commands) {
    const said = await kubectl(command);
    if (said.status === 0) continue;
    const why = complaint(said);
    await finish(`failed: ${why}`);
    return { is: 'failed', why };
  }
  await finish('done');
  return { is: 'done' };
}

/** Why a claim is withdrawn. To an earlier one it yields at once; a later one is given time to yield, and never taken for one that did. */
async function whyYield(
  elsewhere: readonly Kubectl[],
  facts: ActFacts,
  own: LogEntry,
): Promise<string | undefined> {
  for (let look = 1; ; look++) {
    const logs = await Promise.all(elsewhere.map(readLog));
    const entries: LogEntry[] = [];
    for (const log of logs) {
      if ('unseen' in log) return `whether somebody else acts is not known: ${log.unseen}`;
      entries.push(...[...log.entries.values()].filter((each) => isInTheWay(facts, each)));
    }
    const [first] = entries.sort((a, b) => compareText(orderOf(a), orderOf(b)));
    if (!first) return undefined;
    if (look >= LOOKS || orderOf(first) < orderOf(own)) {
      return `somebody else acts on ${first.service}, which is connected with it: ${first.action}`;
    }
    await setTimeout(PAUSE_MS);
  }
}

const orderOf = ({ at, application, service }: LogEntry): string =>
  `${at} ${application}/${service}`;

function entryOf(facts: ActFacts, { because, against, commands }: Plan): LogEntry {
  const { incident, action, now } = facts;
  return {
    at: new Date(now * 1000).toISOString(),
    ...{ application: incident.application, service: incident.service, action },
    why: firingOf(facts)
      .map(({ alertname }) => alertname)
      .join(', '),
    ...{ because, against },
    commands: commands.map((words) => shellText(['kubectl', '-n', incident.namespace, ...words])),
    outcome: 'begun',
  };
}

/** @returns why it was not written */
async function write(
  kubectl: Kubectl,
  object: object,
  { resourceVersion }: LogObject,
): Promise<string | undefined> {
  const said = await kubectl(
    [resourceVersion === undefined ? 'create' : 'replace', '-f', '-'],
    object,
  );
  return said.status === 0 ? undefined : complaint(said);
}

/** Changes the log as it is by now. One that cannot be changed says that an action has begun, so it is counted. */
async function change(kubectl: Kubectl, to: (log: LogObject) => object): Promise<void> {
  for (let time = 0; time < TRIES; time++) {
    const log = await readLog(kubectl);
    if ('unseen' in log) continue;
    if ((await write(kubectl, to(log), log)) === undefined) return;
  }
}
