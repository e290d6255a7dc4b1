import {
  describe,
  grouped,
  ProblemLog,
  tryHostFault,
  type BackingServiceModel,
  type Captured,
  type EdgeModel,
  type OutsideHost,
  type Problem,
} from '../foundation';
import { hardCycles } from '../dependency';
import { neighboursIn, type Graph, type Neighbours } from '../observability';
import { behindGateway, stoppingLate } from './behind-gateway';
import { checkBackends } from './check-backends';
import { checkTaken } from './check-ids';
import { checkPresence } from './check-presence';
import { checkTopics } from './check-topics';
import { checkTriggers } from './check-triggers';
import type { KnownPart, Part } from './part';
import { publishedEdge } from './published-edge';
import { resolveServices, serviceEdge, type KnownService } from './resolve-services';
import type { ResolvedWorkload } from './resolved-workload';
import type { ServicePart } from './service-part';
import { isStandInPath } from './stand-in-path';
import type { WorkloadTarget } from './workload-target';

/** All workloads of an application, and how they depend on each other. */
export interface ResolvedApplication {
  readonly application: string;
  readonly workloads: ReadonlyMap<string, ResolvedWorkload>;
  /** The same by construct path: two scopes may hold the same id. The objects' names then clash, which rendering reports. */
  readonly byPath: ReadonlyMap<string, ResolvedWorkload>;
  readonly services: readonly BackingServiceModel[];
  readonly edges: readonly EdgeModel[];
  /** The edges between workloads, by callee and by caller. */
  readonly callers: ReadonlyMap<string, readonly EdgeModel[]>;
  readonly callees: ReadonlyMap<string, readonly EdgeModel[]>;
  /** Who stands around a service in the graph, for the rules by which causes are told from symptoms. */
  readonly neighboursOf: (service: string) => Neighbours;
  readonly problems: readonly Problem[];
}

/** What joined an application. */
export interface ApplicationParts {
  readonly workloads: readonly Part[];
  readonly services: readonly ServicePart[];
}

/** What edges may lead to. */
interface Known {
  readonly application: string;
  readonly workloads: ReadonlyMap<string, KnownPart>;
  readonly services: ReadonlyMap<string, KnownService>;
}

/** Resolves every part, then the edges between them. */
export function resolveApplication(
  application: string,
  path: string,
  parts: ApplicationParts,
): ResolvedApplication {
  const problems: Problem[] = [];
  const services = resolveServices(parts.services, problems);
  const { known, byPath } = resolveWorkloads(parts.workloads, problems);
  const edges = resolveEdges(path, { application, workloads: known, services }, problems);
  const workloads = new Map<string, ResolvedWorkload>();
  for (const [name, { resolved }] of known) if (resolved) workloads.set(name, resolved);
  problems.push(
    ...checkCycles(edges, known),
    ...checkPresence(edges, known),
    ...checkBackends(path, known),
    ...checkTriggers(known, services),
    ...checkTopics(services),
  );
  const inside = edges.filter(({ kind }) => kind === 'workload');
  return {
    application,
    workloads,
    byPath,
    services: [...services.values()].flatMap(({ model }) => model ?? []),
    edges,
    callers: grouped(inside, ({ to }) => to),
    callees: grouped(inside, ({ from }) => from),
    neighboursOf: lazyNeighbours({
      application,
      edges,
      workloads: [...workloads.values()].map(({ model }) => model),
    }),
    problems,
  };
}

/** Computed once, and only where somebody asks. */
function lazyNeighbours(graph: Graph): ResolvedApplication['neighboursOf'] {
  let find: ResolvedApplication['neighboursOf'] | undefined;
  return (service) => {
    find ??= neighboursIn(graph);
    return find(service);
  };
}

function resolveWorkloads(parts: readonly Part[], problems: Problem[]) {
  const known = new Map<string, KnownPart>();
  const byPath = new Map<string, ResolvedWorkload>();
  const resolutions = parts.map((part) => ({ part, ...part.resolve() }));
  const behind = behindGateway(resolutions);
  for (const resolution of resolutions) {
    problems.push(...resolution.problems);
    const { part } = resolution;
    const { path, id } = part.construct.node;
    const resolved =
      resolution.resolved && behind.has(id)
        ? stoppingLate(resolution.resolved)
        : resolution.resolved;
    if (resolved) byPath.set(path, resolved);
    const other = known.get(id);
    if (other) problems.push(...checkTaken(other.part, part));
    known.set(id, { part, ...(resolved && { resolved }) });
  }
  return { known, byPath };
}

function resolveEdges(path: string, known: Known, problems: Problem[]): readonly EdgeModel[] {
  const edges = new Map<string, EdgeModel>();
  for (const [from, { part, resolved }] of known.workloads) {
    const log = new ProblemLog(part.construct.node.path, part.source);
    for (const reference of resolved?.targets ?? []) {
      const edge = tryEdge(from, reference, path, known, log);
      if (!edge) continue;
      const key = `${edge.from} ${edge.kind} ${edge.to} ${edge.port}`;
      // One hard use makes the dependency hard.
      edges.set(key, { ...edge, soft: edge.soft && (edges.get(key)?.soft ?? true) });
    }
    // A migration refers to what its workload refers to.
    if (resolved?.workload.kind !== 'migration') problems.push(...log.problems);
  }
  return [...edges.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, edge]) => edge);
}

const FOREIGN = {
  workload: 'Use the contract that its owner exports by published(…), or external(…)',
  'backing-service':
    'Call a service that its owner has published(…), or declare a backing service here and let existing(…) supply it',
};

function tryEdge(
  from: string,
  reference: WorkloadTarget,
  path: string,
  known: Known,
  log: ProblemLog,
): EdgeModel | undefined {
  if (reference.reference === 'published') {
    return publishedEdge(from, reference, known.application, log);
  }
  const { target, soft } = reference;
  if (target.kind === 'external') {
    if (!isHost(target, log)) return undefined;
    return { from, to: target.host, kind: 'external', port: target.port, soft };
  }
  if (target.application !== path) {
    // What stands in no application is reported there.
    if (isStandInPath(target.application)) return undefined;
    const found = `it refers to ${describe(target.name)} of the application ${target.application}`;
    log.error('ForeignReference', found, FOREIGN[target.kind]);
    return undefined;
  }
  if (reference.reference === 'service') return serviceEdge(from, reference, known.services, log);
  const callee = known.workloads.get(target.name);
  const port = callee?.resolved?.workload.port;
  if (port) return { from, to: target.name, kind: 'workload', port: port.number, soft };
  // A callee with problems of its own is reported there.
  if (!callee) {
    const found = `it refers to ${describe(target.name)}, which the application does not have`;
    log.error('DependencyUnknown', found, 'Refer to a web service of this application');
  }
  return undefined;
}

/** Whether a host is one outside. Says once what is wrong with it, however many of its forms are used. */
function isHost(target: OutsideHost, log: ProblemLog): boolean {
  const fault = tryHostFault(target);
  if (fault && !log.problems.some(({ found }) => found === fault.found)) {
    log.error(fault.code, fault.found, fault.fix);
  }
  return fault === undefined;
}

function checkCycles(
  edges: readonly EdgeModel[],
  known: ReadonlyMap<string, KnownPart>,
): readonly Problem[] {
  const others = edges.filter(({ from, to }) => from !== to);
  return hardCycles(others).flatMap((cycle) => {
    const part = known.get(cycle[0] ?? '')?.part;
    const source: Captured | undefined = part?.source;
    const log = new ProblemLog(part?.construct.node.path ?? '', source);
    const found = `${cycle.join(' -> ')} is a circle of hard dependencies`;
    log.warning('DependencyCycle', found, 'Mark the one that the caller survives without: soft(…)');
    return log.problems;
  });
}
