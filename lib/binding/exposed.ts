import { isDnsSubdomain, type ExposureModel, type WorkloadModel } from '../foundation';
import type { Bound } from './bound';

/** A workload that has a public name here. */
export interface Exposed<E extends ExposureModel = ExposureModel> {
  readonly workload: WorkloadModel;
  readonly exposure: E;
  readonly hostname: string;
}

/** A name below the domain of the environment; `@` is the domain itself. */
export const below = (domain: string, host: string): string =>
  host === '@' ? domain : `${host}.${domain}`;

/** The public name of a workload here; undefined when it is not exposed or the environment has no domain. */
export function tryHostname(bound: Bound, workload: WorkloadModel): string | undefined {
  const { domain } = bound.environment.props;
  if (!workload.exposure || domain === undefined) return undefined;
  return below(domain, workload.exposure.host);
}

/** The workloads with a public name that DNS takes. */
export const exposedHere = (bound: Bound): readonly Exposed[] =>
  bound.workloads.flatMap((workload) => {
    const hostname = tryHostname(bound, workload);
    const { exposure } = workload;
    if (!exposure || hostname === undefined || !isDnsSubdomain(hostname)) return [];
    return [{ workload, exposure, hostname }];
  });

type RuleModel = ExposureModel['rules'][number];

/** The workloads that get requests from outside, through a route of their own or of another. */
export function behindRoutes({ workloads }: Bound): readonly WorkloadModel[] {
  const names = new Set(
    workloads
      .flatMap(({ exposure }): readonly RuleModel[] => exposure?.rules ?? [])
      .flatMap(({ backends }) => backends.map(({ workload }) => workload)),
  );
  return workloads.filter(({ name }) => names.has(name));
}

/** The Secret with the certificate of a hostname. */
export const certificateName = (hostname: string): string => `${hostname}-tls`;
