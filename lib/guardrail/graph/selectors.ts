import { grouped, isBag } from '../../foundation';
import { bagAt, bagsAt, textAt, valueAt, type Bag } from './fields';
import { nameOf } from './objects';
import {
  foreignWorkloadsOf,
  workloadsOf,
  type ForeignWorkload,
  type PodKind,
  type Workload,
} from './pods';
import { perScene } from './per-scene';

/** Whatever makes pods. */
export type Pods = Workload | ForeignWorkload;

/** Labels that controllers add to the pods of a kind; nobody knows their values before. */
const ADDED: Readonly<Record<string, readonly PodKind[]>> = {
  'apps.kubernetes.io/pod-index': ['StatefulSet'],
  'batch.kubernetes.io/controller-uid': ['Job', 'CronJob'],
  'batch.kubernetes.io/job-completion-index': ['Job', 'CronJob'],
  'batch.kubernetes.io/job-name': ['Job', 'CronJob'],
  'controller-revision-hash': ['StatefulSet', 'DaemonSet'],
  'controller-uid': ['Job', 'CronJob'],
  'job-name': ['Job', 'CronJob'],
  'pod-template-generation': ['DaemonSet'],
  'pod-template-hash': ['Deployment'],
  'statefulset.kubernetes.io/pod-name': ['StatefulSet'],
};
/** The values of these begin with the name of the workload. */
const isNaming = (key: string): boolean => key.endsWith('-name');

const isAdded = (key: string): boolean => Object.hasOwn(ADDED, key);
/** Whoever else makes pods may add any of them. */
const adds = ({ kind }: Pods, key: string): boolean =>
  isAdded(key) && (kind === undefined || (ADDED[key]?.includes(kind) ?? false));

/**
 * Whether a label selector selects the pods of a workload, or some of them. No selector selects nothing, an empty one selects all, and
 * what is malformed selects nothing.
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
 */
export function selects(selector: unknown, pods: Pods): boolean {
  if (!isBag(selector)) return false;
  const { matchLabels, matchExpressions } = selector;
  if (!isBag(matchLabels ?? {}) || !Array.isArray(matchExpressions ?? [])) return false;
  return (
    Object.entries(bagAt(matchLabels)).every(([key, value]) => mayHave(pods, key, [value])) &&
    bagsAt(matchExpressions).every((expression) => meets(pods, expression))
  );
}

function mayHave(pods: Pods, key: string, values: readonly unknown[]): boolean {
  const own = textAt(pods.labels, key);
  if (own !== undefined || !adds(pods, key)) return own !== undefined && values.includes(own);
  const name = nameOf(pods.object);
  const isOfName = (value: unknown): boolean =>
    value === name || (typeof value === 'string' && value.startsWith(`${name}-`));
  return !isNaming(key) || values.some(isOfName);
}

function meets(pods: Pods, expression: Bag): boolean {
  const { key, operator } = expression;
  if (typeof key !== 'string') return false;
  const given = valueAt(expression, 'values');
  const values: readonly unknown[] = Array.isArray(given) ? given : [];
  const has = textAt(pods.labels, key) !== undefined;
  switch (operator) {
    case 'In':
      return mayHave(pods, key, values);
    case 'NotIn':
      return !has || !mayHave(pods, key, values);
    case 'Exists':
      return has || adds(pods, key);
    case 'DoesNotExist':
      return !has && !adds(pods, key);
    default:
      return false;
  }
}

/** Finds what a label selector selects among many workloads, without asking each. */
export function selection<P extends Pods>(
  workloads: readonly P[],
): (selector: unknown) => readonly P[] {
  const pairs = workloads.flatMap((pods) =>
    Object.entries(pods.labels).map(([key, value]) => ({ pods, pair: pairOf(key, value) })),
  );
  const byPair = grouped(pairs, ({ pair }) => pair);
  return (selector) => {
    const candidates = Object.entries(bagAt(selector, 'matchLabels'))
      .filter(([key]) => !isAdded(key))
      .map(([key, value]) => byPair.get(pairOf(key, value)) ?? [])
      .sort((a, b) => a.length - b.length)[0];
    const fewest = candidates?.map(({ pods }) => pods) ?? workloads;
    return fewest.filter((pods) => selects(selector, pods));
  };
}

/** Undefined for a value that is no label's. What two pairs have in common is told apart afterwards. */
const pairOf = (key: string, value: unknown): string | undefined =>
  typeof value === 'string' ? `${key}=${value}` : undefined;

/** Finds the pods of a scene that a label selector selects, whoever makes them. */
export const selectionIn = perScene((scene) =>
  selection<Pods>([...workloadsOf(scene), ...foreignWorkloadsOf(scene)]),
);
