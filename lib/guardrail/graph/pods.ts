import type { Manifest } from '../../foundation';
import { kindOf, podKinds } from '../kinds';
import type { Scene } from '../rule';
import { bagAt, bagsAt, textAt, valueAt, type Bag } from './fields';
import { soundObjects } from './objects';
import { perScene } from './per-scene';

/** A kind that makes pods, or is one. */
export type PodKind = (typeof podKinds)[number];

/** An object that makes pods, or is one. */
export interface Workload {
  readonly object: Manifest;
  readonly kind: PodKind;
  readonly spec: Bag;
  /** The labels of its pods. */
  readonly labels: Bag;
  /** The spec of its pods. */
  readonly podSpec: Bag;
}

/** What is not a kind of Kubernetes' own, but has a pod template where a Deployment has it, such as a Rollout. */
export type ForeignWorkload = Omit<Workload, 'kind'> & { readonly kind: undefined };

const podKindOf = (object: Manifest): PodKind | undefined => {
  const kind = kindOf(object);
  return podKinds.find((known) => known === kind);
};

/** What a controller of the scene made is judged by its controller. */
const isMade = (object: Manifest): boolean =>
  bagsAt(object, 'metadata', 'ownerReferences').some(
    ({ controller, kind }) => controller === true && podKinds.some((known) => known === kind),
  );

function podOf(object: Manifest, kind: PodKind | undefined): Bag {
  if (kind === 'Pod') return object;
  if (kind === 'CronJob') return bagAt(object, 'spec', 'jobTemplate', 'spec', 'template');
  return bagAt(object, 'spec', 'template');
}

function workload<K extends PodKind | undefined>(object: Manifest, kind: K) {
  const pod = podOf(object, kind);
  return {
    object,
    kind,
    spec: bagAt(object, 'spec'),
    labels: bagAt(pod, 'metadata', 'labels'),
    podSpec: bagAt(pod, 'spec'),
  };
}

/** Everything of the scene that makes pods by a kind of Kubernetes' own. */
export const workloadsOf = perScene((scene): readonly Workload[] =>
  soundObjects(scene).flatMap((object) => {
    const kind = podKindOf(object);
    return kind === undefined || isMade(object) ? [] : [workload(object, kind)];
  }),
);

/** Everything else of the scene that makes pods, as far as it can be told. */
export const foreignWorkloadsOf = (scene: Scene): readonly ForeignWorkload[] =>
  soundObjects(scene)
    .filter(
      (object) =>
        podKindOf(object) === undefined &&
        Array.isArray(valueAt(object, 'spec', 'template', 'spec', 'containers')),
    )
    .map((object) => workload(object, undefined));

/** Whether an init container stays, which makes it a sidecar. */
export const isSidecar = (container: Bag): boolean =>
  textAt(container, 'restartPolicy') === 'Always';

/** The containers that run as long as the pod does. */
export const runningContainers = (podSpec: Bag): readonly Bag[] => [
  ...bagsAt(podSpec, 'containers'),
  ...bagsAt(podSpec, 'initContainers').filter(isSidecar),
];

/** All containers that a pod starts. */
export const startedContainers = (podSpec: Bag): readonly Bag[] => [
  ...bagsAt(podSpec, 'initContainers'),
  ...bagsAt(podSpec, 'containers'),
];
