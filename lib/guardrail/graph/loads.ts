import type { Scene } from '../rule';
import { bagAt, countAt, textAt, valueAt, type Bag } from './fields';
import { nameOf } from './objects';
import { foreignWorkloadsOf, workloadsOf, type ForeignWorkload, type Workload } from './pods';
import { autoscalerBounds, autoscalersOf, boundsIn, countOf, type Bounds } from './scaling';

/** A workload with the most pods that it may have, and those that a rollout adds for a while. */
export interface Load {
  readonly podSpec: Bag;
  readonly pods: number;
  readonly surge: number;
}

/** The loads of a scene: every workload at its most. A run of a job counts once, a DaemonSet as one pod. */
export function loadsOf(scene: Scene): readonly Load[] {
  const boundsOf = boundsIn(scene);
  return workloadsOf(scene).map((workload) => loadOf(workload, boundsOf(workload)));
}

/** The loads of what is no kind of Kubernetes' own, such as a Rollout, as far as it can be told. */
export function foreignLoadsOf(scene: Scene): readonly Load[] {
  const autoscalers = autoscalersOf(scene);
  return foreignWorkloadsOf(scene).map(({ object, spec, podSpec }: ForeignWorkload) => {
    const autoscaler = autoscalers.get(`${object.kind}/${nameOf(object)}`);
    const max = autoscaler && autoscalerBounds(autoscaler)?.max;
    const pods = max ?? countAt(spec, 'replicas', 1) ?? 1;
    return { podSpec, pods, surge: surgeOf(spec, pods) };
  });
}

function loadOf({ kind, spec, podSpec }: Workload, bounds: Bounds | undefined): Load {
  if (kind === 'DaemonSet') return { podSpec, pods: 1, surge: 0 };
  if (kind === 'Job' || kind === 'CronJob') {
    const job = kind === 'Job' ? spec : bagAt(spec, 'jobTemplate', 'spec');
    const parallelism = countAt(job, 'parallelism', 1) ?? 0;
    const pods = Math.min(parallelism, countAt(job, 'completions', parallelism) ?? 0);
    return { podSpec, pods, surge: 0 };
  }
  const pods = bounds?.max ?? 0;
  return { podSpec, pods, surge: kind === 'Deployment' ? surgeOf(spec, pods) : 0 };
}

function surgeOf(spec: Bag, pods: number): number {
  if (textAt(spec, 'strategy', 'type') === 'Recreate') return 0;
  return countOf(valueAt(spec, 'strategy', 'rollingUpdate', 'maxSurge') ?? '25%', pods) ?? 0;
}
