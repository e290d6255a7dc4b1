import { hardDependents, hardReach, type Reached } from '../../dependency';
import {
  standsIn,
  type ApplicationModel,
  type BackingServiceModel,
  type EdgeModel,
  type EnvironmentModel,
  type Manifest,
  type OnCallModel,
  type WorkloadModel,
} from '../../foundation';
import type { Links } from '../../observability';
import { renderedAlerts, type RunbookAlert } from './rendered-alerts';
import type { Runbooks } from './runbook-props';

/** What the runbooks of one application are made of. */
export interface RunbookSources {
  readonly model: ApplicationModel;
  /** The objects of the first phase. */
  readonly manifests: readonly Manifest[];
  /** Those that the binding adds, by environment. */
  readonly bound: Readonly<Record<string, readonly Manifest[]>>;
  /** The text of teams' notes, by workload. */
  readonly notes: Readonly<Record<string, string>>;
  readonly runbooks: Runbooks;
  readonly links: Links;
}

/** An object of an environment. */
export interface BoundObject {
  readonly environment: string;
  readonly manifest: Manifest;
}

/** A workload, backing service or outside host that has a runbook. */
export interface RunbookFacts {
  readonly application: string;
  readonly owner: string;
  /** As the label `service` has it. */
  readonly service: string;
  readonly alerts: readonly RunbookAlert[];
  /** The metrics that the application's rules record. */
  readonly recorded: ReadonlySet<string>;
  /** Where it stands, in the platform's order. */
  readonly environments: readonly EnvironmentModel[];
  readonly edges: readonly EdgeModel[];
  readonly workloads: readonly WorkloadModel[];
  /** What it cannot work without, directly or not. */
  readonly reach: readonly Reached[];
  /** Who cannot work without it, directly or not, with the number of edges between them. */
  readonly dependents: readonly { readonly name: string; readonly hops: number }[];
  /** All of the application that has a runbook. */
  readonly known: ReadonlySet<string>;
  /** What the binding makes for it, by the label of its name. */
  readonly bound: readonly BoundObject[];
  /** The kinds of all that an environment has. */
  readonly kinds: ReadonlySet<string>;
  readonly isGitOps: boolean;
  /** Who is told; absent where the platform says nothing of its team. */
  readonly onCall?: OnCallModel;
  readonly links: Links;
}

/** A workload with what is known of it alone. */
export interface WorkloadFacts extends RunbookFacts {
  readonly workload: WorkloadModel;
  /** What migrates for it. */
  readonly migrations: readonly WorkloadModel[];
  /** Its Deployment or CronJob. */
  readonly manifest?: Manifest;
  readonly notes?: string;
}

/** A backing service. */
export interface BackingFacts extends RunbookFacts {
  readonly backing: BackingServiceModel;
}

/** Who has a runbook: whatever an alert names as its service, and workloads of which their team says something. */
export function runbookFacts({
  model,
  manifests,
  bound,
  runbooks,
  links,
}: RunbookSources): readonly RunbookFacts[] {
  const all = Object.values(bound).flat();
  const { byService, recorded } = renderedAlerts([...manifests, ...all]);
  const told = model.workloads.filter(({ runbook }) => runbook).map(({ name }) => name);
  const known = new Set([...told, ...byService.keys()].sort());
  const reach = hardReach(model.edges);
  const dependents = hardDependents(reach);
  const { application, owner, edges, workloads, onCall } = model;
  const kinds = new Set([...manifests, ...all].map(({ kind }) => kind));
  return [...known].map((service) => ({
    ...{ application, owner, service, recorded, edges, workloads, known, kinds, links },
    ...(onCall && { onCall }),
    alerts: byService.get(service) ?? [],
    environments: environmentsOf(model, service),
    reach: reach.get(service) ?? [],
    dependents: (dependents.get(service) ?? []).map((name) => ({
      name,
      hops: reach.get(name)?.find((each) => each.name === service)?.hops ?? 1,
    })),
    bound: Object.entries(bound).flatMap(([environment, objects]) =>
      objects.filter(isOf(service)).map((manifest) => ({ environment, manifest })),
    ),
    isGitOps: runbooks.appliedBy !== 'kubectl',
  }));
}

/** What is no workload is everywhere. */
function environmentsOf(
  { workloads, environments }: ApplicationModel,
  service: string,
): readonly EnvironmentModel[] {
  const workload = workloads.find(({ name }) => name === service);
  return environments.filter((each) => !workload || standsIn(workload, each));
}

const isOf =
  (service: string) =>
  ({ metadata }: Manifest): boolean =>
    metadata.labels?.['app.kubernetes.io/name'] === service;

/** Whether a manifest is the one that runs a workload. */
export const runs =
  ({ name, kind }: WorkloadModel) =>
  (manifest: Manifest): boolean =>
    manifest.kind === (kind === 'scheduled-job' ? 'CronJob' : 'Deployment') &&
    manifest.metadata.name === name;
