import type { Evidence, Gap } from '../evidence';
import type { Experiment } from '../game-day';
import type { ApplicationModel } from '../foundation';
import { actionsOf, type Action } from './actions';
import { detectionsOf, type Detection } from './detection';
import type { Factor, FirstMover, Impact, IncidentFacts, Role } from './facts';
import { factorsOf } from './factors';
import { tryFirstMover } from './first-mover';
import { around, graphOf, nameIn, type Graph } from './graph';
import { timelineOf, type TimelineEntry } from './timeline';

/** What an incident is told from. */
export interface IncidentSources {
  readonly evidence: Evidence;
  /** The application that it is about. */
  readonly model: ApplicationModel;
  /** All that are known, itself or not. */
  readonly models: readonly ApplicationModel[];
  /** The workload, backing service or outside host that it is about. */
  readonly service: string;
  /** What a game day can do to it, by `experimentsOf`; without any, claims are named. */
  readonly experiments: readonly Experiment[];
}

/** What is known of an incident without asking people. */
export interface Incident {
  readonly application: string;
  readonly service: string;
  readonly environment: string;
  readonly span: Evidence['span'];
  readonly pace: number;
  readonly server: string;
  readonly uncertaintySeconds: number;
  /** When the first objective of those around the service went beyond its budget; absent where none did. */
  readonly begin?: number;
  /** When the last one came back; absent where none was beyond, or one still is at the end. */
  readonly end?: number;
  /** Those that went beyond their budget: exposed ones first, then by the share that they lost. */
  readonly impacts: readonly Impact[];
  /** Those around it that kept their objective. */
  readonly unharmed: readonly string[];
  /** Who cannot work without the first that failed, and burnt. */
  readonly hurt: readonly string[];
  readonly firstMover?: FirstMover;
  readonly detections: readonly Detection[];
  readonly timeline: readonly TimelineEntry[];
  readonly factors: readonly Factor[];
  readonly actions: readonly Action[];
  readonly gaps: readonly Gap[];
}

/** Tells an incident from what servers know of it. */
export function incidentOf(sources: IncidentSources): Incident {
  const { evidence, model, models, service, experiments } = sources;
  const graph = graphOf(model, models);
  const uncertaintySeconds = uncertaintyOf(evidence);
  const connected = connectedTo(graph, evidence, service);
  const impacts = impactsOf(graph, evidence, connected);
  const begins = impacts.flatMap(({ burningSince }) => burningSince ?? []);
  const ends = impacts.flatMap(({ burningUntil }) => burningUntil ?? []);
  const begin = begins.length > 0 ? Math.min(...begins) : undefined;
  const end = ends.length > 0 && ends.length === begins.length ? Math.max(...ends) : undefined;
  const known = { graph, evidence, service, connected, impacts, uncertaintySeconds };
  const times = { ...(begin !== undefined && { begin }), ...(end !== undefined && { end }) };
  const firstMover = tryFirstMover({ ...known, ...times });
  const facts: IncidentFacts = { ...known, ...times, ...(firstMover && { firstMover }) };
  const detections = detectionsOf(facts);
  const factors = factorsOf(facts, detections);
  const burnt = new Set(impacts.map(({ name }) => name));
  const measured = evidence.burn.rows.map((row) => nameIn(graph, row));
  const { span, pace, server, gaps, places } = evidence;
  return {
    ...{ application: model.application, service, environment: places[0].environment },
    ...{ span, pace, server, uncertaintySeconds, ...times, impacts },
    unharmed: [...new Set(measured)].filter((name) => connected.has(name) && !burnt.has(name)),
    hurt: firstMover
      ? (graph.dependents.get(firstMover.name) ?? []).filter((name) => burnt.has(name))
      : [],
    ...(firstMover && { firstMover }),
    ...{ detections, timeline: timelineOf(facts), factors },
    actions: actionsOf(facts, factors, experiments),
    gaps,
  };
}

/** A scrape and an evaluation see something one after the other. */
const uncertaintyOf = ({ alerts, evaluationSeconds = 0 }: Evidence): number =>
  alerts.uncertaintySeconds + 2 * evaluationSeconds;

/** Whom it reaches and who reaches it; and who else reaches those of them that failed. */
function connectedTo(graph: Graph, evidence: Evidence, service: string): ReadonlySet<string> {
  const own = around(graph, service);
  const failed = new Set([
    ...evidence.states.rows.map((row) => nameIn(graph, row)),
    ...evidence.alerts.rows.map((row) => nameIn(graph, row)),
    ...evidence.burn.rows
      .filter(({ burningSince }) => burningSince !== undefined)
      .map((row) => nameIn(graph, row)),
  ]);
  const others = own
    .filter((name) => failed.has(name))
    .flatMap((name) => graph.dependents.get(name) ?? []);
  const all = new Set([...own, ...others]);
  const soft = graph.edges.filter(({ from, soft: isSoft }) => isSoft && all.has(from));
  return new Set([...all, ...soft.map(({ to }) => to)]);
}

function impactsOf(
  graph: Graph,
  evidence: Evidence,
  connected: ReadonlySet<string>,
): readonly Impact[] {
  return evidence.burn.rows
    .filter((row) => row.burningSince !== undefined && connected.has(nameIn(graph, row)))
    .map((row): Impact => {
      const name = nameIn(graph, row);
      const { exposure } = graph.model.workloads.find((each) => each.name === name) ?? {};
      return {
        ...row,
        name,
        isExposed: exposure !== undefined,
        role: roleOf(graph, evidence, name),
      };
    })
    .sort((a, b) => Number(b.isExposed) - Number(a.isExposed) || b.budgetShare - a.budgetShare);
}

const ROLES: Readonly<Record<string, Role>> = {
  SLOErrorBudgetBurnPage: 'cause',
  SLODependentsBurnPage: 'cause',
  SLOErrorBudgetBurnSymptom: 'symptom',
};

/** As what it was told first: while others recover, who still burns is a cause. */
function roleOf(graph: Graph, { alerts }: Evidence, name: string): Role {
  const [first] = alerts.rows
    .flatMap((row) => {
      const role = ROLES[row.alertname];
      const isOwn = nameIn(graph, row) === name && row.firingSince !== undefined;
      return isOwn && role !== undefined ? [{ role, at: row.firingSince }] : [];
    })
    .sort((a, b) => a.at - b.at);
  return first?.role ?? 'not told';
}
