import type { ResponseAction, ResponseModel } from '../../foundation';
import type { Standing } from '../commands';
import type { Incident } from '../incident';
import type { LogEntry } from './log';

/** A pod of the workload. */
export interface PodFacts {
  readonly name: string;
  /** In seconds since 1970. */
  readonly createdAt: number;
  /** For how long after its begin it may be unready without being ill, in seconds. */
  readonly graceSeconds: number;
  /** `Failed` and `Succeeded` ones stay in the list and run no more. */
  readonly phase: string;
  readonly isReady: boolean;
  readonly isTerminating: boolean;
  readonly restarts: number;
  /** Why it waits or ended last, such as `CrashLoopBackOff`. */
  readonly reason?: string;
}

/** A version of the pods that the Deployment remembers. */
export interface Revision {
  readonly revision: number;
  readonly replicaSet: string;
  /** In seconds since 1970. */
  readonly createdAt: number;
  /** How fast the worst of its budgets burnt while it ran, in the mean; absent where too little of it was measured. */
  readonly burn?: number;
  /** For how long it was measured while it served, in seconds. */
  readonly measuredSeconds: number;
  /** Why it could not be measured, where the server did not tell. */
  readonly unseen?: string;
}

/** What a cluster says of a workload. */
export interface ClusterFacts {
  /** The label `app.kubernetes.io/part-of` of the Deployment. */
  readonly partOf?: string;
  /** What brings it to the cluster, as marks on the Deployment tell. */
  readonly appliedBy?: 'Argo CD' | 'Flux';
  readonly replicas: number;
  /** Whether new pods are on their way. */
  readonly isRollingOut: boolean;
  /** The bounds of its autoscaler; absent without one. */
  readonly bounds?: { readonly min: number; readonly max: number };
  readonly pods: readonly PodFacts[];
  /** The pods of it by name that Prometheus sees, or why it does not tell. */
  readonly watched: readonly string[] | { readonly unseen: string };
  /** The one that runs is the last. */
  readonly revisions: readonly Revision[];
  /** What was done for it and for all that is connected with it. */
  readonly log: readonly LogEntry[];
}

/** What a decision rests on. */
export interface ActFacts {
  readonly standing: Standing;
  readonly action: ResponseAction;
  /** What its team allows; absent where it allows nothing of the kind. */
  readonly allowed?: ResponseModel;
  readonly incident: Incident;
  /** In seconds since 1970. */
  readonly now: number;
  /** The services, as `<application>/<service>`, that are joined to it by calls. */
  readonly connected: ReadonlySet<string>;
  /** Absent where nobody said which cluster. */
  readonly cluster?: ClusterFacts;
}

/** For and against. */
export interface Grounds {
  readonly because: readonly string[];
  readonly against: readonly string[];
}

/** Words after `kubectl --context <context> -n <namespace>`. */
export type KubectlWords = readonly string[];

/** What would be done. */
export interface Plan extends Grounds {
  readonly kind: 'plan';
  readonly commands: readonly KubectlWords[];
  /** By which it is taken back; absent where it cannot be. */
  readonly undo?: KubectlWords;
  /** What else to know. */
  readonly notes: readonly string[];
}

/** Why nothing is done, and what a person can do instead. */
export interface Refusal extends Grounds {
  readonly kind: 'refusal';
  readonly reasons: readonly string[];
  /** Commands of a shell. */
  readonly byHand: readonly string[];
}

export type Decision = Plan | Refusal;
