import { parseAllDocuments } from 'yaml';
import type { Rendering } from '../../../lib';
import type { RuleGroup } from '../../../lib/observability';

interface Manifest {
  readonly kind: string;
  readonly spec: { readonly groups: readonly RuleGroup[] };
}

const manifestsOf = ({ files }: Rendering, file: string): readonly Manifest[] =>
  parseAllDocuments(files.get(file) ?? '').map((document) => document.toJS() as Manifest);

/** All rules of an application in an environment, as its Prometheus is given them. */
export const rulesOf = (
  rendering: Rendering,
  environment: string,
  application: string,
): readonly RuleGroup[] =>
  ['signals', 'environment'].flatMap((name) =>
    manifestsOf(rendering, `${environment}/${application}/${name}.k8s.yaml`)
      .filter(({ kind }) => kind === 'PrometheusRule')
      .flatMap(({ spec }) => spec.groups),
  );

/** The routes of the Alertmanager of an environment, as the operator is given them. */
export const routingOf = (rendering: Rendering, environment: string): unknown =>
  manifestsOf(rendering, `${environment}/cluster/on-call.k8s.yaml`).find(
    ({ kind }) => kind === 'AlertmanagerConfig',
  )?.spec;
