import { isLabelValue } from './names';

/** The value of `app.kubernetes.io/managed-by` on everything that this library writes. */
export const MANAGED_BY = 'cdk8s-golden-path';

/** What the recommended labels are made of. */
export interface LabelFacts {
  readonly application: string;
  readonly name: string;
  readonly component: string;
}

/** Which labels select a workload's pods. Selectors are immutable in Kubernetes: choose once, keep for ever. */
export type SelectorLabel =
  'app' | 'app.kubernetes.io/name' | 'app.kubernetes.io/instance' | 'app.kubernetes.io/part-of';

/**
 * The recommended labels, and `app`, which Istio, Kiali and several linters read. None depends on the environment or the construct path.
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/
 */
export function recommendedLabels(facts: LabelFacts): Readonly<Record<string, string>> {
  return {
    app: facts.name,
    'app.kubernetes.io/name': facts.name,
    'app.kubernetes.io/instance': facts.name,
    'app.kubernetes.io/component': facts.component,
    ...applicationLabels(facts.application),
  };
}

/** The version label, for what changes with each release anyway; anywhere else it would only make diffs longer. */
export const versionLabel = (version: string | undefined): Readonly<Record<string, string>> =>
  version !== undefined && isLabelValue(version) ? { 'app.kubernetes.io/version': version } : {};

/** The labels of everything in one application; they select its workloads, and nothing that an operator adds. */
export function applicationLabels(application: string): Readonly<Record<string, string>> {
  return {
    'app.kubernetes.io/part-of': application,
    'app.kubernetes.io/managed-by': MANAGED_BY,
  };
}

/** The labels by which Deployments, Services, budgets and policies find the pods of one workload. */
export function selectorLabels(
  facts: LabelFacts,
  keys: readonly SelectorLabel[],
): Readonly<Record<string, string>> {
  const all = recommendedLabels(facts);
  return Object.fromEntries(keys.map((key) => [key, all[key] ?? '']));
}
