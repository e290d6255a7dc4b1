import { isBag, isList, isText } from '../../foundation';
import { tryScaler, podLabels, type Standing } from '../commands';
import type { ClusterFacts, PodFacts, Revision } from './facts';
import { complaint, type Kubectl } from './kubectl';
import { LOG, tryLog, type LogObject } from './log';

/** Why a cluster could not be looked at, without a full stop. */
export interface Unseen {
  readonly unseen: string;
}

/** What a cluster says, before its revisions are measured. */
export interface Seen {
  readonly facts: Omit<ClusterFacts, 'revisions' | 'log'>;
  readonly revisions: readonly Omit<Revision, 'burn' | 'measuredSeconds'>[];
}

type Bag = Readonly<Record<string, unknown>>;

/** Looks at a Deployment, its autoscaler, pods and versions. It changes nothing. */
export async function lookAt(kubectl: Kubectl, standing: Standing): Promise<Seen | Unseen> {
  const { workload } = standing;
  const scaler = tryScaler(standing);
  const labels = podLabels(workload);
  const of = [
    [`deployment/${workload.name}`],
    ['pods', '-l', labels],
    ['replicasets', '-l', labels],
    ...(scaler ? [[`${scaler.type}/${workload.name}`]] : []),
  ];
  const [deployment, pods, sets, autoscaler] = await Promise.all(
    of.map((words) => tryGet(kubectl, words)),
  );
  for (const each of [deployment, pods, sets, autoscaler]) {
    if (each !== undefined && isText(each)) return { unseen: each };
  }
  if (!isBag(deployment)) return { unseen: 'there is no such Deployment' };
  const bounds = isBag(autoscaler) && scaler ? boundsOf(autoscaler, scaler) : undefined;
  return {
    facts: {
      ...deploymentFacts(deployment),
      ...(bounds && { bounds }),
      pods: itemsOf(pods).map(podFacts),
    },
    revisions: itemsOf(sets)
      .flatMap((each) => tryRevision(each) ?? [])
      .sort((a, b) => a.revision - b.revision),
  };
}

/** The object, or why there is none. */
async function tryGet(kubectl: Kubectl, words: readonly string[]): Promise<Bag | string> {
  const said = await kubectl(['get', ...words, '-o', 'json']);
  if (said.status !== 0) return complaint(said);
  const value = parsed(said.stdout);
  return isBag(value) ? value : `kubectl get ${words.join(' ')} gave no object`;
}

/** What was logged in a namespace; nothing where nothing ever was. */
export async function readLog(kubectl: Kubectl): Promise<LogObject | Unseen> {
  const said = await kubectl(['get', 'configmap', LOG, '--ignore-not-found', '-o', 'json']);
  if (said.status !== 0) return { unseen: `the log of actions: ${complaint(said)}` };
  if (said.stdout.trim() === '') return { entries: new Map() };
  return tryLog(parsed(said.stdout)) ?? { unseen: `configmap/${LOG} cannot be read` };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const at = (value: unknown, ...keys: readonly string[]): unknown =>
  keys.reduce((found, key) => (isBag(found) ? found[key] : undefined), value);

const numberAt = (value: unknown, ...keys: readonly string[]): number => {
  const found = at(value, ...keys);
  return typeof found === 'number' ? found : 0;
};

const itemsOf = (value: unknown): readonly Bag[] => {
  const items = at(value, 'items');
  return isList(items) ? items.filter(isBag) : [];
};

/** Marks that the two leave on what they bring. */
const OWNERS = [
  ['Argo CD', 'annotations', 'argocd.argoproj.io/tracking-id'],
  ['Argo CD', 'labels', 'argocd.argoproj.io/instance'],
  ['Flux', 'labels', 'kustomize.toolkit.fluxcd.io/name'],
  ['Flux', 'labels', 'helm.toolkit.fluxcd.io/name'],
] as const;

function deploymentFacts(deployment: Bag): Omit<ClusterFacts, 'revisions' | 'log' | 'pods'> {
  const partOf = at(deployment, 'metadata', 'labels', 'app.kubernetes.io/part-of');
  const owner = OWNERS.find(([, where, mark]) => isText(at(deployment, 'metadata', where, mark)));
  const replicas = numberAt(deployment, 'spec', 'replicas');
  const isSeen =
    numberAt(deployment, 'status', 'observedGeneration') >=
    numberAt(deployment, 'metadata', 'generation');
  return {
    ...(isText(partOf) && { partOf }),
    ...(owner && { appliedBy: owner[0] }),
    replicas,
    isRollingOut: !isSeen || numberAt(deployment, 'status', 'updatedReplicas') < replicas,
  };
}

const boundsOf = (
  autoscaler: Bag,
  { floor, ceiling }: { readonly floor: string; readonly ceiling: string },
): { readonly min: number; readonly max: number } => ({
  min: numberAt(autoscaler, 'spec', floor),
  max: numberAt(autoscaler, 'spec', ceiling),
});

function podFacts(pod: Bag): PodFacts {
  const conditions = at(pod, 'status', 'conditions');
  const isReady = isList(conditions)
    ? conditions.some((each) => at(each, 'type') === 'Ready' && at(each, 'status') === 'True')
    : false;
  const found = at(pod, 'status', 'containerStatuses');
  const containers = isList(found) ? found : [];
  const reason = containers
    .map(
      (each) =>
        at(each, 'state', 'waiting', 'reason') ?? at(each, 'lastState', 'terminated', 'reason'),
    )
    .find(isText);
  const name = at(pod, 'metadata', 'name');
  return {
    name: isText(name) ? name : '',
    isReady,
    isTerminating: at(pod, 'metadata', 'deletionTimestamp') !== undefined,
    restarts: Math.max(0, ...containers.map((each) => numberAt(each, 'restartCount'))),
    ...(reason !== undefined && { reason }),
  };
}

function tryRevision(set: Bag): Seen['revisions'][number] | undefined {
  const revision = Number(at(set, 'metadata', 'annotations', 'deployment.kubernetes.io/revision'));
  const replicaSet = at(set, 'metadata', 'name');
  const created = at(set, 'metadata', 'creationTimestamp');
  if (!Number.isInteger(revision) || !isText(replicaSet) || !isText(created)) return undefined;
  return { revision, replicaSet, createdAt: Date.parse(created) / 1000 };
}
