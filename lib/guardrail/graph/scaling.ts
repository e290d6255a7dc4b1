import type { Manifest } from '../../foundation';
import { kindOf } from '../kinds';
import type { Scene } from '../rule';
import { bagAt, bagsAt, countAt, textAt, valueAt } from './fields';
import { nameOf, objectsOf } from './objects';
import { perScene } from './per-scene';
import type { Workload } from './pods';

/** The smallest and the largest number of replicas. */
export interface Bounds {
  readonly min: number;
  readonly max: number;
}

/** What an autoscaler scales, such as `Deployment/orders`. */
export const targetOf = (autoscaler: Manifest): string => {
  const target = bagAt(autoscaler, 'spec', 'scaleTargetRef');
  // KEDA scales Deployments unless it is told something else.
  const unset = kindOf(autoscaler) === 'ScaledObject' ? 'Deployment' : '';
  return `${textAt(target, 'kind') ?? unset}/${textAt(target, 'name') ?? ''}`;
};

/**
 * The bounds that an autoscaler keeps; undefined when they are none.
 * @see https://keda.sh/docs/latest/reference/scaledobject-spec/
 */
export function autoscalerBounds(autoscaler: Manifest): Bounds | undefined {
  const spec = bagAt(autoscaler, 'spec');
  const isKedas = kindOf(autoscaler) === 'ScaledObject';
  const min = isKedas ? countAt(spec, 'minReplicaCount', 0) : countAt(spec, 'minReplicas', 1);
  const max = isKedas ? countAt(spec, 'maxReplicaCount', 100) : countAt(spec, 'maxReplicas', 0);
  if (min === undefined || max === undefined || max < 1 || min > max) return undefined;
  const idle = isKedas ? countAt(spec, 'idleReplicaCount', min) : min;
  return idle === undefined ? undefined : { min: Math.min(min, idle), max };
}

/** KEDA carries a ScaledObject out by an autoscaler of its own. */
const isKedasOwn = (autoscaler: Manifest): boolean =>
  bagsAt(autoscaler, 'metadata', 'ownerReferences').some(({ kind }) => kind === 'ScaledObject');

/** Everything that decides how many replicas there are: of Kubernetes, and of KEDA. */
export const allAutoscalersOf = perScene((scene): readonly Manifest[] => [
  ...objectsOf(scene, 'HorizontalPodAutoscaler').filter((object) => !isKedasOwn(object)),
  ...objectsOf(scene, 'ScaledObject'),
]);

/** The autoscalers of a scene by what they scale. */
export const autoscalersOf = perScene(
  (scene): ReadonlyMap<string, Manifest> =>
    new Map(allAutoscalersOf(scene).map((object) => [targetOf(object), object])),
);

/** Tells how many replicas a workload of the scene may have; undefined where nobody can, as of a DaemonSet. */
export function boundsIn(scene: Scene): (workload: Workload) => Bounds | undefined {
  const autoscalers = autoscalersOf(scene);
  return ({ object, kind, spec }) => {
    if (kind === 'Pod') return { min: 1, max: 1 };
    if (kind !== 'Deployment' && kind !== 'StatefulSet' && kind !== 'ReplicaSet') return undefined;
    const autoscaler = autoscalers.get(`${kind}/${nameOf(object)}`);
    if (autoscaler) return autoscalerBounds(autoscaler);
    const replicas = countAt(spec, 'replicas', 1);
    return replicas === undefined ? undefined : { min: replicas, max: replicas };
  };
}

/** Replica bounds in a message. */
export const boundsText = ({ min, max }: Bounds): string =>
  min === max ? String(min) : `${min} to ${max}`;

/** `1 replica`, `2 replicas`. */
export const replicasText = (count: number): string =>
  `${count} ${count === 1 ? 'replica' : 'replicas'}`;

/** A number, or a percentage of a total, which Kubernetes rounds up in budgets and surges; undefined when it is neither. */
export function countOf(value: unknown, total: number): number | undefined {
  if (typeof value === 'number')
    return Number.isSafeInteger(value) && value >= 0 ? value : undefined;
  const percent = typeof value === 'string' ? /^(\d{1,9})%$/.exec(value)?.[1] : undefined;
  return percent === undefined ? undefined : Math.ceil((Number(percent) * total) / 100);
}

/** What a team declared for a Deployment of its own, and what the environment made of it. */
export interface DeclaredScale {
  readonly declared: Bounds;
  readonly here: Bounds;
}

/** Tells the scale of a target such as `Deployment/orders`; undefined where no platform bound it. */
export function declaredIn({
  model,
  environment,
}: Scene): (target: string) => DeclaredScale | undefined {
  const scales = new Map<string, DeclaredScale>();
  for (const { name, scale } of model?.workloads ?? []) {
    const here = valueAt(environment?.replicas, name) as Bounds | undefined;
    if (scale && here) scales.set(`Deployment/${name}`, { declared: scale, here });
  }
  return (target) => scales.get(target);
}
