import type { WorkflowSpecTemplatesNetworkChaos } from '../../../imports/chaos-mesh.org';
import type { Plain } from '../../foundation';
import type { Place } from '../place';

/** Pods, as Chaos Mesh selects them. */
export interface Pods {
  readonly namespaces: string[];
  readonly labelSelectors: Readonly<Record<string, string>>;
  readonly nodeSelectors?: Readonly<Record<string, string>>;
}

/** The other end of a network fault. */
export type Targets = Pick<Plain<WorkflowSpecTemplatesNetworkChaos>, 'target' | 'externalTargets'>;

/** Pods in the namespace of the game day alone: the policy of the cluster lets no other be named. */
const selected = (
  { environment }: Place,
  labelSelectors: Readonly<Record<string, string>>,
): Pods => ({ namespaces: [environment.namespace], labelSelectors });

/** The pods of the whole application. */
export function podsOf(place: Place): Pods;
/** The pods of a workload, or of a backing service that the library itself runs; undefined where it knows of none. */
export function podsOf(place: Place, service: string): Pods | undefined;
export function podsOf(place: Place, service?: string): Pods | undefined {
  const { model, environment } = place;
  const ofApplication = { 'app.kubernetes.io/part-of': model.application };
  if (service === undefined) return selected(place, ofApplication);
  const workload = model.workloads.find(({ name }) => name === service);
  if (workload) return selected(place, workload.selector);
  const isOurs = environment.objects.some(
    ({ kind, name }) => kind === 'StatefulSet' && name === service,
  );
  return isOurs
    ? selected(place, { 'app.kubernetes.io/name': service, ...ofApplication })
    : undefined;
}

/** All addresses, in two halves: the sets of the kernel take no network of all (`hash:net`). @see https://ipset.netfilter.org/ipset.man.html */
const EVERYWHERE = ['0.0.0.0/1', '128.0.0.0/1'];

/** Whether a target is reached by its address alone. */
export const isPodless = ({ model }: Place, service: string): boolean =>
  !model.workloads.some(({ name }) => name === service);

/**
 * What is called: pods of the namespace; a host by its name and port; a backing service by the port of its protocol, wherever it is. What
 * another application publishes has pods in another namespace.
 */
export function targetsOf(place: Place, service: string, caller?: string): Targets | undefined {
  const pods = isPodless(place, service) ? undefined : podsOf(place, service);
  if (pods) return { target: { mode: 'all', selector: pods } };
  const edges = place.model.edges.filter(
    ({ to, from }) => to === service && (caller === undefined || from === caller),
  );
  const ports = [...new Set(edges.map(({ port }) => port))].sort((a, b) => a - b);
  const kind = edges[0]?.kind;
  if (kind !== 'external' && kind !== 'backing-service') return undefined;
  const addresses = kind === 'external' ? [service] : EVERYWHERE;
  const targets = ports.flatMap((port) => addresses.map((address) => `${address}:${port}`));
  return { externalTargets: targets };
}
