import type { Provided } from '../backing-service';
import { isBag, type NetworkPolicyPeer } from '../foundation';
import { manifestsOf } from './provider-findings';
import type { Asked } from './provider-requests';

type Labels = Readonly<Record<string, string>>;

/** A way into pods, as a NetworkPolicy has it. */
interface Way {
  readonly from?: readonly NetworkPolicyPeer[];
  readonly ports?: readonly { readonly port?: number | string }[];
}

/** A policy of the namespace that closes the way in. */
interface Policy {
  readonly name: string;
  readonly pods: Labels;
  readonly ways: readonly Way[];
}

/**
 * Pods of the namespace that anybody may reach, or that those who use the service may not. What is elsewhere has policies of others.
 */
export function wayFindings(provided: Provided, { request }: Asked): readonly string[] {
  const policies = policiesOf(provided);
  const open = policies.flatMap(({ name, ways }) =>
    ways.some(({ from = [] }) => from.length === 0) ? [`${name} lets everybody in`] : [],
  );
  const ways = provided.reach.flatMap(({ to, ports }) =>
    to.flatMap((peer) => {
      const pods = tryPodsHere(peer);
      if (pods === undefined) return [];
      const own = policies.filter((policy) => isPartOf(policy.pods, pods));
      const text = JSON.stringify(pods);
      if (own.length === 0) return [`no NetworkPolicy closes the pods ${text}`];
      return request.callers.flatMap(({ name, selector }) =>
        ports
          .filter((port) => !own.some((policy) => letsIn(policy, selector, port)))
          .map((port) => `no NetworkPolicy lets ${name} into the pods ${text} on ${port}`),
      );
    }),
  );
  return [...open, ...ways];
}

const policiesOf = (provided: Provided): readonly Policy[] =>
  manifestsOf(provided).flatMap(({ kind, metadata, spec }) => {
    if (kind !== 'NetworkPolicy' || !isBag(spec)) return [];
    const { podSelector, ingress = [] } = spec as {
      readonly podSelector?: { readonly matchLabels?: Labels };
      readonly ingress?: readonly Way[];
    };
    return [{ name: metadata.name, pods: podSelector?.matchLabels ?? {}, ways: ingress }];
  });

/** The labels of pods of the same namespace. */
const tryPodsHere = ({ namespaceSelector, podSelector }: NetworkPolicyPeer): Labels | undefined =>
  namespaceSelector === undefined ? podSelector?.matchLabels : undefined;

const isPartOf = (some: Labels, all: Labels): boolean =>
  Object.entries(some).every(([key, value]) => all[key] === value);

const letsIn = ({ ways }: Policy, caller: Labels, port: number): boolean =>
  ways.some(
    ({ from = [], ports }) =>
      (ports === undefined || ports.some((each) => each.port === port)) &&
      from.some((peer) => {
        const pods = tryPodsHere(peer);
        return pods !== undefined && isPartOf(pods, caller);
      }),
  );
