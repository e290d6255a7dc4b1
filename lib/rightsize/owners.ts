import { endsByItself, type AskedWorkload } from './ask';
import { once, type Asker } from './asker';
import { workloadByName } from './pod-names';

/** Whose the pods are. */
export interface Owners {
  readonly workloadOf: ReadonlyMap<string, string>;
  /** Pods that are told by their names alone, as kube-state-metrics does not know them. */
  readonly byName: number;
}

/** The workload of each pod that belongs to one of those that are asked about. Pods of all releases count. */
export async function findOwners(
  asker: Asker,
  pods: readonly string[],
  workloads: readonly AskedWorkload[],
): Promise<Owners> {
  const [ofPods, ofReplicaSets, ofJobs] = await Promise.all([
    owners(asker, 'kube_pod_owner', 'pod'),
    owners(asker, 'kube_replicaset_owner', 'replicaset'),
    owners(asker, 'kube_job_owner', 'job_name'),
  ]);
  const workloadOf = new Map<string, string>();
  let byName = 0;
  for (const pod of pods) {
    const owner = ofPods.get(pod);
    const found = owner
      ? workloadOfOwner(owner, owner.kind === 'Job' ? ofJobs : ofReplicaSets, workloads)
      : workloadByName(pod, workloads);
    if (found === undefined) continue;
    workloadOf.set(pod, found);
    if (!owner) byName++;
  }
  return { workloadOf, byName };
}

interface Owner {
  readonly kind: string;
  readonly name: string;
}

/** One owner for each; several rows of one come from restarts of kube-state-metrics. */
async function owners(
  asker: Asker,
  metric: string,
  of: string,
): Promise<ReadonlyMap<string, Owner>> {
  const over = `last_over_time(${asker.select(metric)}[${asker.wholeWindow}])`;
  const rows = await asker.atEnd(once(over, `${of},owner_kind,owner_name`));
  return new Map(
    rows.map(({ labels }) => [
      labels[of] ?? '',
      { kind: labels.owner_kind ?? '', name: labels.owner_name ?? '' },
    ]),
  );
}

function workloadOfOwner(
  owner: Owner,
  above: ReadonlyMap<string, Owner>,
  workloads: readonly AskedWorkload[],
): string | undefined {
  const top = above.get(owner.name);
  if (owner.kind === 'ReplicaSet') {
    // Without a row of its own, a ReplicaSet is named after its Deployment.
    const name = top?.name ?? owner.name.replace(/-[^-]*$/, '');
    return workloads.find(({ workload, kind }) => workload === name && !endsByItself(kind))
      ?.workload;
  }
  if (owner.kind !== 'Job') return undefined;
  if (top?.kind === 'CronJob') {
    return workloads.find(({ workload, kind }) => workload === top.name && kind === 'scheduled-job')
      ?.workload;
  }
  return workloadByName(`${owner.name}-xxxxx`, workloads.filter(ofJob));
}

const ofJob = ({ kind }: AskedWorkload): boolean => endsByItself(kind);
