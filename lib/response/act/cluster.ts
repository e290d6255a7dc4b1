import { isBag, isText } from '../../foundation';
import { selectorText } from '../../observability';
import { tryScaler, type Standing } from '../commands';
import { at, itemsOf, numberAt, type Bag } from './bag';
import type { ClusterFacts, Revision } from './facts';
import { complaint, type Kubectl } from './kubectl';
import { LOG, tryLog, type LogObject } from './log';
import { podFacts } from './pod';

/** Why a cluster could not be looked at, without a full stop. */
export interface Unseen {
  readonly unseen: string;
}

/** What a cluster says, before its revisions are measured. */
export interface Seen {
  readonly facts: Omit<ClusterFacts, 'revisions' | 'log' | 'watched'>;
  readonly revisions: readonly Omit<Revision, 'burn' | 'measuredSeconds' | 'unseen'>[];
}

/** Looks at a Deployment, its autoscaler, pods and versions. It changes nothing. */
export async function lookAt(kubectl: Kubectl, standing: Standing): Promise<Seen | Unseen> {
  const { workload } = standing;
  const scaler = tryScaler(standing);
  const labels = selectorText(workload);
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

/** Marks that the two leave on what they bring. */
const OWNERS = [
  ['Argo CD', 'annotations', 'argocd.argoproj.io/tracking-id'],
  ['Argo CD', 'labels', 'argocd.argoproj.io/instance'],
  ['Flux', 'labels', 'kustomize.toolkit.fluxcd.io/name'],
  ['Flux', 'labels', 'helm.toolkit.fluxcd.io/name'],
] as const;

function deploymentFacts(deployment: Bag): Omit<Seen['facts'], 'pods'> {
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

function tryRevision(set: Bag): Seen['revisions'][number] | undefined {
  const revision = Number(at(set, 'metadata', 'annotations', 'deployment.kubernetes.io/revision'));
  const replicaSet = at(set, 'metadata', 'name');
  const created = at(set, 'metadata', 'creationTimestamp');
  if (!Number.isInteger(revision) || !isText(replicaSet) || !isText(created)) return undefined;
  return { revision, replicaSet, createdAt: Date.parse(created) / 1000 };
}
