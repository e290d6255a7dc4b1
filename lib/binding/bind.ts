import type { PhaseOne, PhaseOneFile } from '../application';
import type { Environment } from '../environment';
import {
  inFirstWave,
  MIGRATE,
  type ProblemLog,
  reasonOf,
  renderYaml,
  sortedManifest,
  type EnvironmentModel,
  type Facet,
  type Manifest,
  type Problem,
} from '../foundation';
import type { RuleTestText } from '../observability';
import { allowDns, allowGateway, allowMetrics, allowTelemetry } from './allowances';
import { bindAutoscalers } from './autoscaler';
import { allowBackingServices, bindBackingServices, boundServices } from './backing-services';
import { bindingLog, bound, type Binding, type Bound, type OnCallHere } from './bound';
import { checkTaken } from './check-taken';
import { bindEnvironmentAlerts, environmentRuleTests } from './environment-alerts';
import { tryHostname } from './exposed';
import { bindExternalSecrets } from './external-secret';
import { allowIdentity, bindIdentities, tryIdentity } from './identity';
import { bindIngresses } from './ingress';
import { bindListenerSet } from './listener-set';
import { bindMeshAuthorization } from './mesh-authorization';
import { allowMesh } from './mesh-network';
import { firstOf, hasMigration } from './first';
import { bindNamespace } from './namespace';
import { allowOutside } from './outside';
import { allowImporters, allowImports } from './published';
import { bindOnCall } from './on-call';
import { bindQuota } from './quota';
import { replicaBounds } from './replicas';
import { bindRestart } from './restart-job';
import { bindRoutes } from './route';
import { bindServiceAccounts } from './service-account';
import { servicePods } from './service-demand';
import { bindSettings, settingValues } from './settings';
import { bindNamespaceInfo, signalsElsewhere, signalsOmitted } from './signals';
import { isPresentIn, standingFiles } from './standing';
import { bindVerticalAutoscalers } from './vertical-autoscaler';

/** Everything that differs by environment, in the order in which it is applied. */
const BINDINGS: readonly ((bound: Bound) => Binding)[] = [
  bindNamespace,
  bindQuota,
  bindServiceAccounts,
  bindIdentities,
  bindSettings,
  bindExternalSecrets,
  bindBackingServices,
  allowDns,
  allowGateway,
  allowMetrics,
  allowTelemetry,
  allowOutside,
  allowIdentity,
  allowBackingServices,
  allowImports,
  allowImporters,
  allowMesh,
  bindMeshAuthorization,
  bindAutoscalers,
  bindVerticalAutoscalers,
  bindListenerSet,
  bindRoutes,
  bindIngresses,
  bindRestart,
  bindNamespaceInfo,
  bindEnvironmentAlerts,
  bindOnCall,
];

/** A file of phase 2. */
export interface EnvironmentFile {
  /** Without the ending: `environment`, or `migrate/environment` when it is applied first. */
  readonly name: string;
  readonly manifests: readonly Manifest[];
  /** The manifests as YAML. */
  readonly yaml: string;
}

/** Phase 2: what one environment makes of one application. */
export interface PhaseTwo {
  readonly bound: Bound;
  readonly manifests: readonly Manifest[];
  /** The files that hold them. */
  readonly environmentFiles: readonly EnvironmentFile[];
  /** The phase-1 files that stand in this environment. */
  readonly files: readonly PhaseOneFile[];
  readonly model: EnvironmentModel;
  /** The tests of the rules of this environment alone. */
  readonly ruleTests: readonly RuleTestText[];
  readonly problems: readonly Problem[];
}

/**
 * Binds an application to an environment.
 * @param environments - all of the platform
 * @param onCall - who is told of what
 */
export function bind(
  phaseOne: PhaseOne,
  environment: Environment,
  environments: readonly Environment[] = [environment],
  onCall?: OnCallHere,
): PhaseTwo {
  const joined = bound(phaseOne, environment, environments, onCall);
  const bindings = BINDINGS.map((make) => ({ make, ...make(joined) }));
  const { first, rest } = inOrder(bindings, joined);
  const manifests = [...first, ...rest];
  const files = standingFiles(joined);
  const log = bindingLog(joined);
  return {
    bound: joined,
    manifests,
    environmentFiles: [
      ...(hasMigration(joined) ? [environmentFile(`${MIGRATE}/`, first, phaseOne, log)] : []),
      environmentFile('', rest, phaseOne, log),
    ],
    files,
    model: environmentModel(joined, manifests, files),
    ruleTests: environmentRuleTests(joined),
    problems: [
      ...bindings.flatMap(({ problems }) => problems ?? []),
      ...checkFacets(joined),
      ...checkTaken(joined, manifests, files),
      ...log.problems,
    ],
  };
}

/** What the migrations need, when there are any, and the rest. */
function inOrder(
  bindings: readonly (Binding & { readonly make: (bound: Bound) => Binding })[],
  joined: Bound,
): { readonly first: readonly Manifest[]; readonly rest: readonly Manifest[] } {
  const hasFirst = hasMigration(joined);
  const first: Manifest[] = [];
  const rest: Manifest[] = [];
  for (const { make, manifests } of bindings) {
    for (const manifest of manifests) {
      const isFirst = hasFirst && (firstOf.get(make)?.(manifest, joined) ?? false);
      if (isFirst) first.push(sortedManifest(inFirstWave(manifest)));
      else rest.push(sortedManifest(manifest));
    }
  }
  return { first, rest };
}

const environmentFile = (
  folder: string,
  manifests: readonly Manifest[],
  phaseOne: PhaseOne,
  log: ProblemLog,
): EnvironmentFile => ({
  name: `${folder}environment`,
  manifests,
  yaml: tryYaml(manifests, phaseOne, log),
});

function tryYaml(manifests: readonly Manifest[], { problems }: PhaseOne, log: ProblemLog): string {
  try {
    return renderYaml(manifests);
  } catch (error) {
    // What an unsound application led to is reported already.
    if (problems.some(({ severity }) => severity === 'error')) return '';
    const reason = reasonOf(error);
    log.error('ManifestInvalid', `rendering failed with ${reason}`, 'Give plain values');
    return '';
  }
}

/** A facet is there, or left out on purpose: silence would be drift. */
function checkFacets(joined: Bound): readonly Problem[] {
  const { phaseOne, environment } = joined;
  const missing = phaseOne.files
    .filter((file) => isPresentIn(file, environment))
    .flatMap(({ facet }) => facet ?? [])
    .filter((facet) => !environment.has(facet) && !isOmitted(facet, environment));
  return [...new Set(missing)].flatMap((facet) => {
    const log = bindingLog(joined);
    const found = `it needs the facet ${facet}, which the environment does not have`;
    const capability = facet === 'signals' ? 'observability' : facet;
    const what = facet === 'mesh' ? 'a mesh' : `the capability '${capability}'`;
    const fix = `Give the environment ${what}, or a reason in omits.${facet}`;
    log.error('FacetUnavailable', found, fix);
    return log.problems;
  });
}

const isOmitted = (facet: Facet, environment: Environment): boolean =>
  (facet === 'signals' ? signalsOmitted(environment) : environment.props.omits?.[facet]) !==
  undefined;

function environmentModel(
  joined: Bound,
  manifests: readonly Manifest[],
  files: readonly PhaseOneFile[],
): EnvironmentModel {
  const { environment, workloads } = joined;
  const pods = servicePods(joined);
  const elsewhere = signalsElsewhere(joined);
  const by = <T>(value: (workload: Bound['workloads'][number]) => T | undefined) =>
    Object.fromEntries(
      workloads.flatMap((workload) => {
        const found = value(workload);
        return found === undefined ? [] : [[workload.name, found]];
      }),
    ) as Record<string, T>;
  return {
    name: environment.name,
    stage: environment.stage,
    signals: environment.signals,
    namespace: joined.namespace,
    files: files.map(({ name }) => name),
    objects: manifests.map(({ kind, metadata }) => ({ kind, name: metadata.name })),
    omits: { ...environment.props.omits, ...(elsewhere !== undefined && { signals: elsewhere }) },
    replicas: by((workload) => replicaBounds(joined, workload)),
    hostnames: by((workload) => tryHostname(joined, workload)),
    settings: by((workload) =>
      workload.settings.length === 0 ? undefined : settingValues(joined, workload),
    ),
    services: boundServices(joined),
    identities: by((workload) => tryIdentity(joined, workload)?.name),
    ...(pods && { servicePods: pods }),
    ...(environment.props.gameDays && { gameDays: environment.props.gameDays }),
  };
}
