import { rulesOf, type RenderedRule } from '../../replay';
import type { ApplicationModel, EnvironmentModel } from '../../foundation';
import type { OutputFiles } from '../output-files';
import { specsIn } from '../rendered-manifests';

/** The rules that one Prometheus evaluates, as far as they are about one environment. */
export interface RenderedRules {
  readonly all: readonly RenderedRule[];
  /** The alerting ones by application. */
  readonly alerts: ReadonlyMap<string, readonly RenderedRule[]>;
}

const KIND = 'PrometheusRule';

/**
 * The rules of a synthesis for an environment. They stand in any of the environments that share its Prometheus; those that say of another one
 * which namespaces it has are left out, so the series of its own namespaces alone are looked at.
 * @throws UsageError when a file cannot be read
 */
export function renderedRules(
  files: OutputFiles,
  models: readonly ApplicationModel[],
  { name, signals }: Pick<EnvironmentModel, 'name' | 'signals'>,
): RenderedRules {
  const isHere = ({ labels }: RenderedRule): boolean => (labels.environment ?? name) === name;
  const read = models.map(({ application, environments }) => {
    const folders = environments
      .filter((environment) => environment.signals === signals)
      .map((environment) => `${environment.name}/${application}`);
    return [application, folders.flatMap((each) => rulesIn(files, each)).filter(isHere)] as const;
  });
  return {
    all: read.flatMap(([, rules]) => rules),
    alerts: new Map(
      read.map(([application, rules]) => [
        application,
        rules.filter(({ kind }) => kind === 'alert'),
      ]),
    ),
  };
}

const rulesIn = (files: OutputFiles, folder: string): readonly RenderedRule[] =>
  specsIn(files, folder, KIND).flatMap(rulesOf);
