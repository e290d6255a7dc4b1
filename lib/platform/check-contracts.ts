import type { PhaseOne } from '../application';
import type { PhaseTwo } from '../binding';
import {
  ProblemLog,
  type EdgeModel,
  type Problem,
  type PublishedTarget,
  type WorkloadModel,
} from '../foundation';
import { hardCycles } from '../dependency';

/** An edge to another application, and both its ends as far as they are known here. */
interface Import {
  readonly edge: EdgeModel;
  readonly importer: PhaseOne;
  readonly caller: WorkloadModel;
  readonly owner: PhaseOne;
  /** The id of the service. */
  readonly service: string;
  readonly callee: WorkloadModel | undefined;
}

/** Reports imports that are not published to the importer, or not as its contract says. Applications of other repositories are not known here. */
export function checkContracts(bindings: readonly PhaseTwo[]): readonly Problem[] {
  const all = [...new Set(bindings.map(({ bound }) => bound.phaseOne))];
  const sound = new Map(all.filter(isSound).map((each) => [each.application, each]));
  const imports = all.flatMap((importer) => importsOf(importer, sound));
  return [...imports.flatMap(checkImport), ...checkCycles(all, imports)];
}

const isSound = ({ problems }: PhaseOne): boolean =>
  !problems.some(({ severity }) => severity === 'error');

function importsOf(importer: PhaseOne, owners: ReadonlyMap<string, PhaseOne>): readonly Import[] {
  return importer.edges
    .filter(({ kind }) => kind === 'published')
    .flatMap((edge) => {
      const [application = '', service = ''] = edge.to.split('/');
      const owner = owners.get(application);
      const caller = importer.workloads.find(({ name }) => name === edge.from);
      if (!owner || !caller) return [];
      const callee = owner.workloads.find(({ name }) => name === service);
      return [{ edge, importer, caller, owner, service, callee }];
    });
}

function checkImport(found: Import): readonly Problem[] {
  const { edge, importer, caller, owner, service, callee } = found;
  const log = new ProblemLog(caller.path, importer.sourceOf(caller.path));
  const { application } = importer;
  const it = `${application} imports ${edge.to}`;
  if (!callee?.service) {
    const what = `${it}, and the application ${owner.application} has no web service ${service}`;
    log.error(
      'ContractUnpublished',
      what,
      `Ask ${owner.owner} for the contract that it exports now`,
    );
  } else if (!callee.publication) {
    const fix = `Give ${service} of ${owner.application} publish: { contract, to: ['${application}'] }`;
    log.error('ContractUnpublished', `${it}, which ${owner.application} does not publish`, fix);
  } else if (!callee.publication.to.includes(application)) {
    const to = callee.publication.to.join(', ');
    const fix = `Ask ${owner.owner} to add '${application}' to publish.to of ${service}`;
    log.error('ContractUnpublished', `${it}, which is published to ${to} only`, fix);
  } else {
    checkTerms(found, callee.publication.contract, log);
  }
  checkPresence(found, log);
  return log.problems;
}

/** The importer may hold a contract of another release. */
function checkTerms(
  { edge, caller, owner }: Import,
  offered: PublishedTarget,
  log: ProblemLog,
): void {
  const held = caller.settings.flatMap(({ published }) => published?.target ?? []);
  const own = held.filter((each) => `${each.application}/${each.service}` === edge.to);
  const terms = [{ port: edge.port }, ...own].flatMap((target: Partial<PublishedTarget>) =>
    (['port', 'servicePort', 'scheme'] as const)
      .filter((name) => target[name] !== undefined && target[name] !== offered[name])
      .map(
        (name) => `${name} ${target[name] ?? ''}, and ${owner.application} offers ${offered[name]}`,
      ),
  );
  for (const term of new Set(terms)) {
    const what = `its contract of ${edge.to} says ${term}`;
    log.error('ContractBroken', what, `Take the contract that ${owner.owner} exports now`);
  }
}

/** A hard dependency on what is not there wherever the caller is. */
function checkPresence({ edge, caller, callee }: Import, log: ProblemLog): void {
  const there = edge.soft ? undefined : callee?.presence?.stages;
  if (!there || caller.presence?.stages.every((stage) => there.includes(stage))) return;
  const found = `it depends on ${edge.to}, which exists in ${there.join(', ')} only`;
  const fix = 'Mark the dependency soft(…), or give both the same presence';
  log.error('DependencyAbsent', found, fix);
}

/** Circles of hard dependencies that lead through several applications; those within one are reported there. */
function checkCycles(all: readonly PhaseOne[], imports: readonly Import[]): readonly Problem[] {
  const edges = all.flatMap(({ application, edges: own }) =>
    own
      .filter(({ kind, from, to }) => kind === 'workload' && from !== to)
      .map((edge) => ({
        ...edge,
        from: `${application}/${edge.from}`,
        to: `${application}/${edge.to}`,
      })),
  );
  const between = imports.map(({ edge, importer }): EdgeModel => ({
    ...edge,
    kind: 'workload',
    from: `${importer.application}/${edge.from}`,
  }));
  return hardCycles([...edges, ...between]).flatMap((cycle) => {
    const applications = new Set(cycle.map((name) => name.split('/')[0]));
    const [application, name] = (cycle[0] ?? '').split('/');
    const first = all.find((each) => each.application === application);
    const path = first?.workloads.find((workload) => workload.name === name)?.path ?? '';
    if (applications.size < 2 || !first) return [];
    const log = new ProblemLog(path, first.sourceOf(path));
    const found = `${cycle.join(' -> ')} is a circle of hard dependencies between applications: they fail together, and none can be told as the cause`;
    log.error('DependencyCycle', found, 'Mark the one that the caller survives without: soft(…)');
    return log.problems;
  });
}
