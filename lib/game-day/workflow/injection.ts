import type { WorkflowSpecTemplates } from '../../../imports/chaos-mesh.org';
import { tryParseQuantity, type Plain, type WorkloadModel } from '../../foundation';
import type { Experiment, Fault } from '../experiment';
import { manualSteps, type ByHand } from './by-hand';
import { podsOf, targetsOf, type Pods, type Targets } from './pods';
import type { Place } from '../place';

type Template = Plain<WorkflowSpecTemplates>;

/** The part of a step that Chaos Mesh does. */
export type Injected = Pick<Template, 'templateType' | 'podChaos' | 'networkChaos' | 'stressChaos'>;

/** How a fault is done: by Chaos Mesh, by hand, or by both. */
export interface Injection {
  readonly template?: Injected;
  readonly byHand?: ByHand;
}

/** What a plan may be told of the cluster. */
export interface ClusterFacts {
  /** The Prometheus as Chaos Mesh's controller reaches it. */
  readonly prometheus: string;
  /** The zone that fails. */
  readonly zone?: string | undefined;
  /** Whether what is rendered for it refuses faults where none are allowed. @default false */
  readonly isRefusing?: boolean;
}

/** How the fault of an experiment is done in an environment. */
export function injectionOf(
  experiment: Experiment,
  place: Place,
  cluster: ClusterFacts,
): Injection {
  const template = tryTemplate(experiment, place, cluster);
  const byHand = manualSteps(experiment, place, template !== undefined);
  return { ...(template && { template }), ...(byHand && { byHand }) };
}

function tryTemplate(
  { fault, target }: Experiment,
  place: Place,
  cluster: ClusterFacts,
): Injected | undefined {
  const own = podsOf(place, target);
  switch (fault.kind) {
    case 'kill-pod':
      return own && podChaos('pod-kill', 'one', own);
    case 'fail-pods':
      return own && podChaos('pod-failure', 'all', own);
    case 'fail-zone':
      return own && cluster.zone !== undefined
        ? podChaos('pod-failure', 'all', {
            ...own,
            nodeSelectors: { 'topology.kubernetes.io/zone': cluster.zone },
          })
        : undefined;
    case 'partition':
    case 'delay':
      return tryNetworkChaos(fault, target, place);
    case 'cpu':
      return tryStress(place, target, fault.percent);
    case 'block-scrape':
    case 'suspend-schedule':
    case 'shift-clock':
      return undefined;
  }
}

const podChaos = (
  action: 'pod-kill' | 'pod-failure',
  mode: 'one' | 'all',
  selector: Pods,
): Injected => ({ templateType: 'PodChaos', podChaos: { action, mode, selector } });

/** Between the pods of a caller and what it calls; without a caller, at the target for everybody. */
function tryNetworkChaos(
  fault: Extract<Fault, { kind: 'partition' | 'delay' }>,
  target: string,
  place: Place,
): Injected | undefined {
  const action =
    fault.kind === 'partition'
      ? ({ action: 'partition' } as const)
      : ({ action: 'delay', delay: { latency: `${fault.milliseconds}ms` } } as const);
  const direction = { mode: 'all', direction: 'to' } as const;
  if (fault.from === undefined) {
    const own = podsOf(place, target);
    if (own) return network({ ...action, ...direction, selector: own });
    const targets = targetsOf(place, target);
    return targets && network({ ...action, ...direction, selector: podsOf(place), ...targets });
  }
  const callers = podsOf(place, fault.from);
  const targets = targetsOf(place, target, fault.from);
  return callers && targets && network({ ...action, ...direction, selector: callers, ...targets });
}

type NetworkChaos = NonNullable<Template['networkChaos']>;
const network = (networkChaos: Omit<NetworkChaos, keyof Targets> & Partial<Targets>): Injected => ({
  templateType: 'NetworkChaos',
  networkChaos,
});

/** CPU as a share of what the container requests, in workers that each load a part of one core. */
function tryStress(place: Place, target: string, percent: number): Injected | undefined {
  const workload = place.model.workloads.find(({ name }) => name === target);
  const main = workload && mainOf(workload);
  const selector = podsOf(place, target);
  const cores = main && tryParseQuantity(main.requests.cpu ?? '');
  if (!main || !selector || cores === undefined) return undefined;
  const wanted = (cores * percent) / 100;
  const workers = Math.max(1, Math.ceil(wanted));
  const load = Math.min(100, Math.max(1, Math.round((wanted / workers) * 100)));
  return {
    templateType: 'StressChaos',
    stressChaos: {
      ...{ mode: 'all', selector, containerNames: [main.name] },
      stressors: { cpu: { workers, load } },
    },
  };
}

const mainOf = ({ containers }: WorkloadModel) => containers.find(({ role }) => role === 'main');
