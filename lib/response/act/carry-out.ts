import { shellText } from '../commands';
import { readLog } from './cluster';
import type { ActFacts, Plan } from './facts';
import { firingOf } from './firing';
import { complaint, type Kubectl } from './kubectl';
import { withEntry, type LogEntry, type LogObject } from './log';

/** What came of an action. */
export interface Outcome {
  /** `forestalled`: somebody else was quicker, or it could not be logged, and nothing was done. */
  readonly is: 'done' | 'failed' | 'forestalled';
  /** Why, where it was not done. */
  readonly why?: string;
}

/** How often the end of an action is written where somebody else writes too. */
const TRIES = 5;

/**
 * Does what was decided. It is logged before: a log that somebody else has changed since it was read is refused by the server, so of two
 * responders one acts.
 */
export async function carryOut(
  kubectl: Kubectl,
  facts: ActFacts,
  plan: Plan,
  log: LogObject,
): Promise<Outcome> {
  const entry = entryOf(facts, plan);
  const claimed = await write(kubectl, log, entry);
  if (claimed !== undefined) {
    return { is: 'forestalled', why: `somebody else acts, or it cannot be logged: ${claimed}` };
  }
  for (const command of plan.commands) {
    const said = await kubectl(command);
    if (said.status === 0) continue;
    const why = complaint(said);
    await finish(kubectl, { ...entry, outcome: `failed: ${why}` });
    return { is: 'failed', why };
  }
  await finish(kubectl, { ...entry, outcome: 'done' });
  return { is: 'done' };
}

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
  log: LogObject,
  entry: LogEntry,
): Promise<string | undefined> {
  const verb = log.resourceVersion === undefined ? 'create' : 'replace';
  const said = await kubectl([verb, '-f', '-'], withEntry(log, entry));
  return said.status === 0 ? undefined : complaint(said);
}

async function finish(kubectl: Kubectl, entry: LogEntry): Promise<void> {
  for (let time = 0; time < TRIES; time++) {
    const log = await readLog(kubectl);
    if ('unseen' in log) continue;
    if ((await write(kubectl, log, entry)) === undefined) return;
  }
}
