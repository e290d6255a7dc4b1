import type { Construct } from 'constructs';
import type { EdgeModel, Manifest, MeshKind } from '../foundation';
import { authorization, authorizedWayIn, type MeshCall, type MeshFacts } from '../mesh';
import { wayInName } from '../network';
import type { Application } from './application';
import { defaultsOf } from './defaults';
import { GoldenObject } from './golden-object';
import type { ResolvedApplication } from './resolve-application';
import type { ResolvedWorkload } from './resolved-workload';

/** Places what the platform's mesh needs of one workload: which objects those are is known when all edges are. */
export function placeMeshObjects(construct: Construct, application: Application): void {
  const { mesh } = defaultsOf(construct);
  if (mesh === undefined) return;
  const manifests = (): readonly Manifest[] => {
    const all = application.resolved();
    const own = all.byPath.get(construct.node.path);
    return own ? meshManifests(mesh, own, all) : [];
  };
  for (const placed of manifests()) {
    const { apiVersion, kind, metadata } = placed;
    const id = `mesh-${kind}-${metadata.name}`;
    if (construct.node.tryFindChild(id)) continue;
    new GoldenObject(construct, id, {
      ...{ apiVersion, kind, name: metadata.name, facet: 'mesh' },
      make: () => manifests().find((now) => isSame(now, placed)) ?? placed,
    });
  }
}

const isSame = (a: Manifest, b: Manifest): boolean =>
  a.kind === b.kind && a.metadata.name === b.metadata.name;

/** A caller that does not exist everywhere brings its ways in along, as it does with network policies. */
function meshManifests(
  mesh: MeshKind,
  own: ResolvedWorkload,
  all: ResolvedApplication,
): readonly Manifest[] {
  const hasPresence = (name: string): boolean =>
    all.workloads.get(name)?.model.presence !== undefined;
  const { name, labels } = own.workload;
  const callers = (all.callers.get(name) ?? []).filter(({ from }) => !hasPresence(from));
  const callees = hasPresence(name) ? (all.callees.get(name) ?? []) : [];
  const waysIn = [...new Set(callees.map(({ to }) => to))].flatMap((to) => {
    const callee = all.workloads.get(to);
    const edges = callees.filter((edge) => edge.to === to);
    const facts = callee && { ...meshFacts(callee), labels };
    return facts ? authorizedWayIn(mesh, wayInName(name, to), facts, edges.map(call)) : [];
  });
  return [...authorization(mesh, meshFacts(own), callers.map(call)), ...waysIn];
}

const call = ({ from, port }: EdgeModel): MeshCall => ({ caller: from, port });

/** Every port that is known: what is called, what is scraped, what the kubelet asks. */
function meshFacts({ workload, model }: ResolvedWorkload): MeshFacts {
  const { name, labels, selector, port } = workload;
  const others = [model.metrics?.port, ...(model.probes ?? []).map((probe) => probe.port)];
  const numbers = [...new Set([port?.number, ...others])].filter((number) => number !== undefined);
  const isOpaque = (number: number): boolean => number === port?.number && port.name === 'tcp';
  return {
    ...{ name, labels, selector },
    ports: numbers.map((number) => ({ number, isOpaque: isOpaque(number) })),
  };
}
