import type { Manifest } from '../foundation';

/** A port on which a workload takes connections. */
export interface MeshPort {
  readonly number: number;
  /** Whether the mesh must leave the bytes alone, and not wait for the client to speak first. */
  readonly isOpaque: boolean;
}

/** A workload as a mesh sees it. Its name is that of its service account too: the identity by which it calls. */
export interface MeshFacts {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly selector: Readonly<Record<string, string>>;
  readonly ports: readonly MeshPort[];
}

/** One allowed call: the workload that calls, and the container port that it reaches. */
export interface MeshCall {
  readonly caller: string;
  readonly port: number;
}

/** A range of addresses, without some of them. */
export interface AddressBlock {
  readonly cidr: string;
  readonly except?: readonly string[];
}

/** Who calls from outside of the application: by identity, or where there is none by address. */
export interface Outsiders {
  /** Any identity of these namespaces; `*` for every namespace. */
  readonly namespaces: readonly string[];
  /** Callers without an identity, in plain text. */
  readonly blocks: readonly AddressBlock[];
}

/** What lets one kind of outsiders reach one port. */
export interface Allowance {
  /** The name of the objects that allow it. */
  readonly name: string;
  readonly port: number;
  readonly outsiders: Outsiders;
}

/** The language of one mesh: the same facts, said in its kinds. */
export interface MeshLanguage {
  readonly authorization: (facts: MeshFacts, calls: readonly MeshCall[]) => readonly Manifest[];
  readonly wayIn: (
    name: string,
    callee: MeshFacts,
    calls: readonly MeshCall[],
  ) => readonly Manifest[];
  readonly allowance: (facts: MeshFacts, allowance: Allowance) => readonly Manifest[];
}

/** Calls by port, each with its callers once, sorted. */
export function callersByPort(
  calls: readonly MeshCall[],
): readonly (readonly [number, readonly string[]])[] {
  const byPort = new Map<number, Set<string>>();
  for (const { caller, port } of calls) {
    byPort.set(port, (byPort.get(port) ?? new Set()).add(caller));
  }
  return [...byPort]
    .sort(([a], [b]) => a - b)
    .map(([port, callers]) => [port, [...callers].sort()] as const);
}
