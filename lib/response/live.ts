import type { AlertmanagerClient, ReceivedAlert, Silence } from '../alertmanager';
import {
  Asker,
  deploysOf,
  placeOf,
  restartsOf,
  scalingOf,
  type AddressedServer,
  type Deploy,
  type Found,
  type Restart,
  type Scaling,
} from '../evidence';
import type { EnvironmentModel } from '../foundation';
import { ServerError, type Matcher, type Series } from '../prometheus';
import { expressionsOf, QUESTIONS, type Question } from './questions';
import type { Subject } from './subject';

/** Who is asked. */
export interface Servers {
  readonly prometheus: AddressedServer;
  /** Without it, alerts are those of Prometheus, and silences are not known. */
  readonly alertmanager?: AlertmanagerClient;
}

/** What is asked. */
export interface Asking {
  readonly subject: Subject;
  /** Those in which it may be. */
  readonly environments: readonly EnvironmentModel[];
  /** In seconds since 1970. */
  readonly now: number;
  /** Conditions on all series. @default none */
  readonly matchers?: readonly Matcher[];
}

/** Why something is not known. */
export interface Lack {
  /** What is not known, in words. */
  readonly what: string;
  /** A sentence without a full stop. */
  readonly why: string;
  /** The address of the server that did not answer; absent where it did, and had nothing. */
  readonly server?: string;
}

/** What changed in one environment, or why that is not known. */
export interface Changes {
  readonly deploys: Found<Deploy>;
  readonly scaling: Found<Scaling>;
  readonly restarts: Found<Restart>;
}

/** All that the servers said. */
export interface Live {
  readonly asking: Asking;
  readonly prometheus: string;
  /** Of each question its answer; none where it is in `lacks`. */
  readonly answers: Readonly<Record<Question, readonly Series[] | undefined>>;
  readonly changes: Readonly<Record<string, Changes>>;
  /** Absent where no Alertmanager was asked, or none answered. */
  readonly received?: readonly ReceivedAlert[];
  readonly silences?: readonly Silence[];
  readonly lacks: readonly Lack[];
}

/** For how long before now changes are looked for: an hour of it is the lead of the evidence. */
export const CHANGES_SECONDS = 6 * 3600;
const LEAD_SECONDS = 3600;

/** Asks everything at once. What a server does not answer is told, never thrown. */
export async function gatherLive(servers: Servers, asking: Asking): Promise<Live> {
  const { prometheus } = servers;
  const lacks: Lack[] = [];
  const expressions = Object.entries(expressionsOf(asking.subject, asking.matchers ?? []));
  const [answers, changes, told] = await Promise.all([
    Promise.all(
      expressions.map(async ([question, query]) => {
        const what = QUESTIONS[question as Question];
        const answer = await tryAsk(what, lacks, () => prometheus.query(query, asking.now));
        return [question, answer] as const;
      }),
    ),
    Promise.all(asking.environments.map((each) => changesIn(servers, asking, each))),
    alertmanagerSays(servers, asking, lacks),
  ]);
  return {
    ...{ asking, prometheus: prometheus.address, ...told, lacks },
    answers: Object.fromEntries(answers) as Live['answers'],
    changes: Object.fromEntries(changes),
  };
}

async function changesIn(
  { prometheus }: Servers,
  { subject, now, matchers = [] }: Asking,
  environment: EnvironmentModel,
): Promise<readonly [string, Changes]> {
  const span = { start: now - CHANGES_SECONDS + LEAD_SECONDS, end: now };
  const places = [placeOf(subject.model, environment)] as const;
  const asker = new Asker(prometheus, { places, span, leadSeconds: LEAD_SECONDS, matchers });
  const [deploys, scaling, restarts] = await Promise.all([
    deploysOf(asker),
    scalingOf(asker),
    restartsOf(asker),
  ]);
  return [environment.name, { deploys, scaling, restarts }];
}

async function alertmanagerSays(
  { alertmanager }: Servers,
  { subject }: Asking,
  lacks: Lack[],
): Promise<Pick<Live, 'received' | 'silences'>> {
  if (!alertmanager) return {};
  const matchers = [`application=${JSON.stringify(subject.model.application)}`];
  const [received, silences] = await Promise.all([
    tryAsk('which alerts Alertmanager holds', lacks, () => alertmanager.alerts({ matchers })),
    tryAsk('which silences there are', lacks, () => alertmanager.silences()),
  ]);
  return { ...(received && { received }), ...(silences && { silences }) };
}

async function tryAsk<Answer>(
  what: string,
  lacks: Lack[],
  ask: () => Promise<Answer>,
): Promise<Answer | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof ServerError)) throw error;
    const server = new URL(error.endpoint).origin;
    lacks.push({ what, why: `${error.found}. ${error.fix}`, server });
    return undefined;
  }
}
