import {
  contractFaults,
  publishedName,
  type EdgeModel,
  type ProblemLog,
  type PublishedData,
  type PublishedTarget,
} from '../foundation';

/** The edge to what another application publishes; undefined when the contract is none, which is reported. */
export function publishedEdge(
  from: string,
  { target, soft }: PublishedData,
  application: string,
  log: ProblemLog,
): EdgeModel | undefined {
  const name = publishedName(target);
  const [found, fix] = tryFault(target, name, application) ?? [];
  if (found === undefined || fix === undefined) {
    return { from, to: name, kind: 'published', port: target.port, soft };
  }
  if (!log.problems.some((known) => known.found === found)) log.error('ContractBroken', found, fix);
  return undefined;
}

function tryFault(
  target: PublishedTarget,
  name: string,
  application: string,
): readonly [found: string, fix: string] | undefined {
  const faults = contractFaults(target);
  if (faults.length > 0) {
    const fix = "Give published({ application: 'warehouse', service: 'stock', port: 8080 })";
    return [`it imports a contract whose ${faults.join(', ')}`, fix];
  }
  if (target.application === application) {
    const fix = 'Refer to the web service itself: within an application no contract is needed';
    return [`it imports ${name}, which is of its own application`, fix];
  }
  return undefined;
}
