import type { ApplicationModel, EnvironmentModel, OnCallModel, ResponseModel } from '../foundation';
import { SIGNAL_MISSING } from '../observability';
import { alertsIn, type AlertNow } from './alerts';
import { blastOf, type Hurt } from './blast';
import { isBurning, objectivesNow, statesIn, type ObjectiveNow, type States } from './burning';
import { changesFor, type Change } from './change';
import { firstCommands, type FirstCommands } from './commands';
import type { Lack, Live } from './live';
import { keyOf, neighbourhood, type Named } from './neighbourhood';
import { lostWarnings, quietWarnings } from './lost';
import { inEnvironment } from './tables';
import { blindSpots, trustIn } from './trust';

/** Whoever answers for a service. */
export interface Contact {
  readonly team: string;
  /** Absent where no model says it. */
  readonly onCall?: OnCallModel;
}

/** Where to look first. */
export interface Suspect extends Named, Contact {}

/** What a responder has to know. It is data alone. */
export interface Incident extends Named {
  readonly kind: 'workload' | 'backing-service' | 'external';
  readonly environment: string;
  readonly namespace: string;
  /** In seconds since 1970. */
  readonly at: number;
  /** `unknown`: nothing that is not seen means that nothing is wrong. */
  readonly verdict: 'burning' | 'quiet' | 'unknown';
  /** What has to be read first. */
  readonly warnings: readonly string[];
  /** Whether it itself fails, or its budgets burn. */
  readonly isBurning: boolean;
  readonly objectives: readonly ObjectiveNow[];
  /** Why it promises nothing, where it says so. */
  readonly noObjectives?: string;
  readonly suspects: readonly Suspect[];
  /** What it depends on and fails, without being suspected. */
  readonly failing: readonly Named[];
  /** Of what it can do without, what fails. */
  readonly softFailing: readonly Named[];
  /** Whose failure hurts those of `hurt`. */
  readonly hurtBy: Named;
  readonly hurt: readonly Hurt[];
  readonly changes: readonly Change[];
  readonly alerts: readonly AlertNow[];
  /** Whether Prometheus told which alerts fire. */
  readonly areAlertsKnown: boolean;
  /** Other environments in which it burns. */
  readonly burnsIn: readonly string[];
  /** For whom the commands are. */
  readonly commandsFor: string;
  readonly commands: readonly FirstCommands[];
  readonly responses: readonly ResponseModel[];
  readonly contact: Contact;
  /** Below the output folder. */
  readonly runbook: string;
  readonly dashboards: readonly string[];
  readonly lacks: readonly Lack[];
}

/** Makes of what the servers said what a responder has to know. */
export function incidentOf(
  live: Live,
  environment: EnvironmentModel,
  models: readonly ApplicationModel[],
): Incident {
  const { subject, now } = live.asking;
  const { model, service, workload, kind } = subject;
  const self: Named = { application: model.application, service };
  const alerts = alertsIn(live, environment.name);
  const objectives = objectivesNow(live, environment.name, self, workload?.objectives ?? []);
  const cause = causeOf(live, environment.name, models);
  const changed = changesFor(live, environment.name, [self, ...cause.suspects, ...cause.failing]);
  const { noObjectives, runbook } = workload ?? {};
  return {
    ...self,
    ...{ kind, environment: environment.name, namespace: environment.namespace, at: now },
    ...verdictOf(live, environment, { ...cause, objectives, alerts }),
    objectives,
    ...(noObjectives !== undefined && { noObjectives }),
    ...cause,
    ...damage(live, { model, environment }, cause),
    ...{ alerts, areAlertsKnown: live.answers.alerts !== undefined, changes: changed.rows },
    burnsIn: live.asking.environments
      .map(({ name }) => name)
      .filter((name) => name !== environment.name && burnsThere(live, name)),
    responses: runbook?.responses ?? [],
    contact: contactOf(cause.suspects[0] ?? self, models, model.owner),
    runbook: `runbooks/${model.application}/${service}.md`,
    dashboards: [...new Set(alerts.flatMap(({ dashboard }) => dashboard ?? []))],
    lacks: [...live.lacks, ...changed.lacks],
  };
}

type Cause = Pick<Incident, 'isBurning' | 'suspects' | 'failing' | 'softFailing'>;

/** What fails of the service and of all that it depends on. */
function causeOf(live: Live, environment: string, models: readonly ApplicationModel[]): Cause {
  const { model, service } = live.asking.subject;
  const self: Named = { application: model.application, service };
  const states = statesIn(live, environment);
  const { dependencies, soft } = neighbourhood(model, service);
  const suspects = suspectsOf(states, [self, ...dependencies], models);
  return {
    isBurning: burnsThere(live, environment),
    suspects,
    failing: dependencies
      .filter((each) => states.failing.has(keyOf(each)))
      .filter((each) => !suspects.some((suspect) => isSame(suspect, each)))
      .map(({ application, service: name }) => ({ application, service: name })),
    softFailing: soft.filter((each) => states.failing.has(keyOf(each))),
  };
}

/** By what it is told whether it burns. */
type Signs = Cause & Pick<Incident, 'objectives' | 'alerts'>;

function verdictOf(
  live: Live,
  environment: EnvironmentModel,
  { isBurning: burns, suspects, failing, objectives, alerts }: Signs,
): Pick<Incident, 'verdict' | 'warnings'> {
  const { model, service } = live.asking.subject;
  const trust = trustIn(live, environment);
  const self = { application: model.application, service };
  const own = alerts.filter((each) => isSame(each, self));
  const isPaged = own.some(({ severity }) => severity === 'page');
  const isIncident = burns || isPaged || suspects.length + failing.length > 0;
  const isSignalMissing = own.some(({ alertname }) => alertname === SIGNAL_MISSING);
  const blind = trust.isKnown ? blindSpots(live, objectives, isSignalMissing) : [];
  const warnings = [
    ...trust.warnings,
    ...blind,
    ...quietWarnings(alerts),
    ...lostWarnings(live, environment.name),
  ];
  // Samples of another cluster's are no sign of anything here.
  if (!trust.isKnown) return { verdict: 'unknown', warnings };
  if (isIncident) return { verdict: 'burning', warnings };
  return { verdict: blind.length > 0 ? 'unknown' : 'quiet', warnings };
}

/** Who is hurt by the cause, and what can be done about it. */
function damage(
  live: Live,
  { model, environment }: { model: ApplicationModel; environment: EnvironmentModel },
  { suspects }: Cause,
): Pick<Incident, 'hurtBy' | 'hurt' | 'commandsFor' | 'commands'> {
  const { application } = model;
  const { service: own } = live.asking.subject;
  // What another application does wrong is not mended here.
  const { service } = suspects.find((each) => each.application === application) ?? {
    service: own,
  };
  const workload = model.workloads.find(({ name }) => name === service);
  return {
    hurtBy: { application, service },
    hurt: blastOf(live, { model, environment }, service, statesIn(live, environment.name)),
    commandsFor: service,
    commands: workload ? firstCommands({ model, workload, environment }) : [],
  };
}

const isSame = (a: Named, b: Named): boolean => keyOf(a) === keyOf(b);

/** Whether a service burns in an environment, as far as is known. */
export function burnsThere(live: Live, environment: string): boolean {
  const { model, service } = live.asking.subject;
  const self = { application: model.application, service };
  return isBurning(statesIn(live, environment), self) || isDown(live, environment);
}

/** What a provider or a prober says of what has no objective. */
const isDown = ({ answers }: Live, environment: string): boolean =>
  inEnvironment(answers.up, environment).some(({ points }) => points.at(-1)?.value === 0);

function suspectsOf(
  { suspect, teams }: States,
  among: readonly Named[],
  models: readonly ApplicationModel[],
): readonly Suspect[] {
  return among
    .filter((each) => suspect.has(keyOf(each)))
    .map(({ application, service }) => ({
      ...{ application, service },
      ...contactOf({ application, service }, models, teams.get(keyOf({ application, service }))),
    }));
}

function contactOf(
  { application }: Named,
  models: readonly ApplicationModel[],
  team = 'an unknown team',
): Contact {
  const model = models.find((each) => each.application === application);
  if (!model) return { team };
  return { team: model.owner, ...(model.onCall && { onCall: model.onCall }) };
}
