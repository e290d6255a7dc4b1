import type { Manifest, MeshKind } from '../foundation';
import type { Allowance, MeshCall, MeshFacts, MeshLanguage } from './facts';
import { istio } from './istio';
import { linkerd } from './linkerd';

const languages: Readonly<Record<MeshKind, MeshLanguage>> = { istio, linkerd };

/**
 * Denies every call to a workload but the declared ones, by the caller's service account. It names no namespace and no trust domain: both
 * ends live in the namespace of the application, whatever its name.
 */
export const authorization = (
  mesh: MeshKind,
  facts: MeshFacts,
  calls: readonly MeshCall[],
): readonly Manifest[] => languages[mesh].authorization(facts, calls);

/** Lets in a caller that does not exist everywhere. It stands in that caller's own file, and has the caller's labels. */
export const authorizedWayIn = (
  mesh: MeshKind,
  name: string,
  callee: MeshFacts,
  calls: readonly MeshCall[],
): readonly Manifest[] => languages[mesh].wayIn(name, callee, calls);

/** Lets outsiders reach one port of a workload. */
export const authorizedOutsiders = (
  mesh: MeshKind,
  facts: MeshFacts,
  allowance: Allowance,
): readonly Manifest[] => languages[mesh].allowance(facts, allowance);
