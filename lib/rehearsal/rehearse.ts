import { setTimeout as sleep } from 'node:timers/promises';
import type { ApplicationModel } from '../foundation';
import {
  BASELINE_SECONDS,
  judge,
  notMade,
  secondsText,
  type Experiment,
  type FiredAlert,
  type Gathered,
  type ReceivedPage,
  type Verdict,
} from '../game-day';
import type { RuleGroup } from '../observability';
import type { Binaries } from './binaries';
import { EmulatedGraph } from './emulated-graph';
import { RehearsalError } from './error';
import { tryUnshowable } from './faults';
import { gather } from './gather';
import { writeRecorded } from './recorded';
import { plainRoutes, rehearsedRoutes } from './routes';
import { scaled, shortestInterval } from './scale';
import { startStage, type Stage } from './stage';
import type { Notification } from './webhook';

/** What is rehearsed, and on what. */
export interface Rehearsal {
  readonly binaries: Binaries;
  readonly model: ApplicationModel;
  readonly environment: string;
  /** The rules of the application in that environment, as they are rendered. */
  readonly groups: readonly RuleGroup[];
  /** The `spec` of the AlertmanagerConfig of that environment. @default teams are paged for their services */
  readonly routing?: unknown;
  /** How many times as fast. */
  readonly factor: number;
  /** How many requests each service gets in a second. @default 100 */
  readonly perSecond?: number;
  /** The clock, in milliseconds. */
  readonly now: () => number;
  readonly signal: AbortSignal;
  /** Is told what goes on. */
  readonly say: (what: string) => void;
  /** Looks at the servers before they stop. @default nobody does */
  readonly look?: (stage: Stage, times: Times) => Promise<void>;
}

/** What became of it. */
export interface Rehearsed {
  readonly verdict: Verdict;
  /** Absent where nothing was rehearsed. */
  readonly gathered?: Gathered;
}

/** The longest that a page looks back is six hours, and some time passes until the rehearsal begins. */
const HISTORY_SECONDS = 6.5 * 3600;
/** What Prometheus, Alertmanager and the machine take for themselves, by the clock. */
const OWN_SECONDS = 1;
/** How long it takes by the clock until a server that has started has asked twice. */
const FIRST_SAMPLES_SECONDS = 60;
/** How long nothing may page until it is over. */
const QUIET_SECONDS = 480;
/** How long it is watched at least after the fault, in seconds of the rules. */
const AFTER_SECONDS = 120;
const PAGES = 'ALERTS{alertstate="firing",severity="page"}';

/**
 * Rehearses one experiment: starts servers of its own on the rules in a faster time, waits until it is quiet, injects the fault, and judges what
 * Prometheus and Alertmanager made of it.
 * @throws {RehearsalError} when a server does not start
 */
export async function rehearse(experiment: Experiment, rehearsal: Rehearsal): Promise<Rehearsed> {
  const { model, environment, factor, now } = rehearsal;
  const reason = tryUnshowable(experiment, model, factor);
  if (reason !== undefined) {
    const at = { environment, rehearsed: true, moment: now() / 1000 };
    return { verdict: notMade(experiment, at, `A rehearsal cannot show this: ${reason}.`) };
  }
  const { perSecond } = rehearsal;
  const graph = new EmulatedGraph(model, {
    ...{ environment, now },
    ...(perSecond !== undefined && { perSecond }),
  });
  const stage = await started(rehearsal, graph);
  try {
    const times = await played(experiment, rehearsal, graph, stage);
    const gathered = await gatheredOf(experiment, rehearsal, stage, times);
    await rehearsal.look?.(stage, times);
    return { verdict: judge(experiment, gathered), gathered };
  } finally {
    await Promise.all([graph.stop(), stage.stop()]);
  }
}

async function started(rehearsal: Rehearsal, graph: EmulatedGraph): Promise<Stage> {
  const { binaries, model, environment, groups, factor, now, signal, perSecond = 100 } = rehearsal;
  const here = model.environments.find(({ name }) => name === environment);
  if (!here) throw new RehearsalError(`there is no environment ${environment}`);
  const teams = groups.flatMap(({ rules }) => rules.flatMap(({ labels }) => labels?.team ?? []));
  const routing = rehearsal.routing ?? plainRoutes([...new Set(teams)], environment);
  const past = { seconds: HISTORY_SECONDS / factor, step: 30 / factor };
  rehearsal.say('starts a Prometheus and an Alertmanager');
  try {
    return await startStage(binaries, {
      rules: scaled(groups, factor),
      history: (file) => {
        graph.writeHistory(file, past);
        const { namespace } = here;
        const end = now() / 1000;
        writeRecorded(file, groups, { ...past, namespace, environment, perSecond, end });
      },
      target: () => graph.start(),
      interval: `${Math.round((shortestInterval(groups) * 1000) / factor)}ms`,
      routes: (address) => rehearsedRoutes(routing, factor, address),
      ...{ now, signal },
    });
  } catch (error) {
    await graph.stop();
    throw error;
  }
}

/** The moments of a rehearsal, in seconds since 1970. */
export interface Times {
  readonly from: number;
  readonly began: number;
  readonly ended: number;
  readonly until: number;
  /** Evaluations that were left out meanwhile. */
  readonly missed: number;
}

async function played(
  { target, fault, seconds, expects }: Experiment,
  { factor, now, signal, say }: Rehearsal,
  graph: EmulatedGraph,
  stage: Stage,
): Promise<Times> {
  const wait = (real: number): Promise<unknown> => sleep(real * 1000, undefined, { signal });
  for (const last = now() + FIRST_SAMPLES_SECONDS * 1000; graph.asked < 3; await wait(0.1)) {
    if (now() > last) throw new RehearsalError('Prometheus does not ask the emulated services');
  }
  const [from, before] = [now() / 1000, await stage.missed()];
  say(`waits for ${secondsText(BASELINE_SECONDS)} of quiet`);
  await wait((BASELINE_SECONDS + 60) / factor);
  say(`injects ${fault.kind} at ${target} for ${secondsText(seconds)}`);
  graph.inject({ target, fault });
  const began = now() / 1000;
  await wait(seconds / factor);
  graph.mend();
  const ended = now() / 1000;
  say(`has mended it and waits until nothing pages any more`);
  await wait(AFTER_SECONDS / factor);
  const last = ended + (1.2 * expects.recoversWithinSeconds) / factor + 2 * OWN_SECONDS;
  // A page that ends may come again, by the pair of windows that looks back for longer.
  for (let quiet = now() / 1000; now() / 1000 < last; await wait(0.25)) {
    if ((await stage.ask(PAGES)).length > 0) quiet = now() / 1000;
    else if (now() / 1000 - quiet > QUIET_SECONDS / factor) break;
  }
  await wait(OWN_SECONDS);
  const missed = (await stage.missed()) - before;
  return { from, began, ended, until: now() / 1000, missed };
}

async function gatheredOf(
  experiment: Experiment,
  { model, environment, factor }: Rehearsal,
  { client, webhook }: Stage,
  { missed, ...times }: Times,
): Promise<Gathered> {
  const span = { start: times.from, end: times.until };
  const { facts: found, gaps } = await gather({
    ...{ client, model, environment, experiment, span, pace: factor },
  });
  const [gap] = gaps.filter(({ part }) => part !== 'silences');
  if (gap) throw new RehearsalError(gap.found);
  const { target, fault } = experiment;
  return {
    ...{ environment, rehearsed: true, factor, toleranceSeconds: OWN_SECONDS * factor },
    ...times,
    fault: {
      isThere: true,
      found: `It was emulated: ${fault.kind} at ${target}.`,
      evidence: [],
    },
    ...found,
    alerts: found.alerts.map((each) => received(each, webhook.received)),
    pages: pagesOf(webhook.received, times.began),
    // Its Alertmanager is its own.
    silences: [],
    isPaging: model.onCall?.pagesIn.includes(environment) ?? true,
    doubts:
      missed > 0
        ? [
            `this machine was too slow: ${missed} evaluations of rules were left out; give a smaller --factor`,
          ]
        : [],
  };
}

/** When a receiver first had it. */
function received(alert: FiredAlert, all: readonly Notification[]): FiredAlert {
  const { alertname, service, slo } = alert.labels;
  const first = all.find(({ at, alerts }) =>
    alerts.some(
      ({ status, labels }) =>
        at / 1000 >= alert.from &&
        status === 'firing' &&
        labels.alertname === alertname &&
        labels.service === service &&
        labels.slo === slo,
    ),
  );
  return first ? { ...alert, receivedAt: first.at / 1000 } : alert;
}

/** Messages with something that pages, since the fault. */
const pagesOf = (all: readonly Notification[], began: number): readonly ReceivedPage[] =>
  all
    .filter(
      ({ at, alerts }) =>
        at / 1000 >= began &&
        alerts.some(({ status, labels }) => status === 'firing' && labels.severity === 'page'),
    )
    .map(({ receiver, groupKey, at }) => ({ receiver, group: groupKey, at: at / 1000 }));
