import type { Manifest } from '../foundation';
import { NAMESPACE_INFO, type Labels } from './promql';
import { prometheusRule } from './prometheus-rule';

/** Where one application stands in one environment. */
export interface NamespaceFacts {
  readonly application: string;
  readonly environment: string;
  readonly stage: string;
  readonly namespace: string;
}

/** The rule that says which namespace belongs to which application and environment; all others join it. */
export const namespaceInfo = (name: string, labels: Labels, facts: NamespaceFacts): Manifest =>
  prometheusRule({
    name,
    labels,
    groups: [
      {
        name: [facts.application, facts.environment, 'namespace'].join('.'),
        interval: '30s',
        rules: [{ record: NAMESPACE_INFO, expr: 'vector(1)', labels: { ...facts } }],
      },
    ],
  });
