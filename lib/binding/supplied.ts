import {
  checkDemand,
  offeredKinds,
  trySupply,
  tryProvider,
  type Provided,
  type Provider,
  type ServiceRequest,
  type Supply,
} from '../backing-service';
import { networkPolicyPeer, type Peer } from '../environment';
import {
  describe,
  isBag,
  reasonOf,
  recommendedLabels,
  type BackingServiceModel,
  type NetworkPolicyPeer,
  type Problem,
} from '../foundation';
import { bindingLog, type Bound } from './bound';
import { isScaledByKeda } from './replicas';

/** A backing service, and what its provider makes of it here. */
export interface Supplied {
  readonly service: BackingServiceModel;
  readonly provider: string;
  readonly provided: Provided;
}

/** What came of asking the providers of an environment. */
export interface Supplies {
  readonly supplied: readonly Supplied[];
  readonly problems: readonly Problem[];
}

const known = new WeakMap<Bound, Supplies>();

/** What the providers of the environment make of the backing services. Several bindings ask; the providers are asked once. */
export function suppliesOf(bound: Bound): Supplies {
  const supplies = known.get(bound) ?? askAll(bound);
  known.set(bound, supplies);
  return supplies;
}

function askAll(bound: Bound): Supplies {
  const supplied: Supplied[] = [];
  const problems: Problem[] = [];
  for (const service of bound.phaseOne.services) {
    const answer = ask(bound, service);
    if ('provided' in answer) supplied.push(answer);
    else problems.push(...answer.problems);
  }
  return { supplied, problems };
}

function ask(
  bound: Bound,
  service: BackingServiceModel,
): Supplied | { readonly problems: readonly Problem[] } {
  const { environment, phaseOne } = bound;
  const log = bindingLog(bound, service);
  const provider = tryProvider(environment.props.providers, phaseOne.application, service);
  if (!provider) {
    const found = `it is a ${service.kind}, and the environment names no provider for it`;
    const fix = `Give the environment providers.${service.kind}, or providers.default`;
    log.error('ServiceUnprovided', found, fix);
    return log;
  }
  try {
    const answer = answerOf(provider, requestFor(bound, service));
    if (!('refused' in answer)) return { service, provider: provider.name, provided: answer };
    for (const { found, fix } of answer.refused) log.error('ServiceRefused', found, fix);
  } catch (error) {
    // A provider may be a team's own.
    const found = `${describe(provider.name)} failed with ${reasonOf(error)}`;
    log.error('ServiceRefused', found, 'Mend the provider');
  }
  return log;
}

/** What a provider answers; it may be a team's own, and return anything. */
function answerOf(provider: Provider, request: ServiceRequest): ReturnType<Supply> {
  const { name, lacks } = provider;
  const { kind } = request.service;
  const offered = offeredKinds(provider);
  if (offered.includes(kind)) {
    const answer: unknown = trySupply(provider, request);
    if (isBag(answer)) {
      const provided = answer as unknown as Provided;
      const refused = checkDemand(provided, name);
      return refused.length > 0 ? { refused } : provided;
    }
    const found = `${name} returned nothing for ${kind}`;
    return { refused: [{ found, fix: 'Return what it makes, or { refused }' }] };
  }
  const found = `it is a ${kind}, and ${name} offers ${offered.join(', ') || 'nothing'}`;
  const fix = `Name another provider for ${kind} in the environment`;
  return { refused: [lacks?.[kind] ?? { found, fix }] };
}

function requestFor(bound: Bound, service: BackingServiceModel): ServiceRequest {
  const { environment, phaseOne } = bound;
  const { application } = phaseOne;
  const { secretStore, network, capacity, mesh, pullSecrets = [] } = environment.props;
  const callers = callersOf(bound, service.name);
  return {
    service,
    application,
    environment: environment.name,
    stage: environment.stage,
    namespace: bound.namespace,
    labels: recommendedLabels({ application, name: service.name, component: service.kind }),
    pods: {
      labels: mesh?.outside.labels ?? {},
      annotations: mesh?.outside.annotations ?? {},
      pullSecrets,
    },
    instances: (wanted) => roomFor(wanted, capacity.bounds({ min: wanted, max: wanted })),
    callers,
    metrics: (network.metrics ?? []).map(networkPolicyPeer),
    scalers: scalersOf(bound, service.name),
    monitored: environment.has('observability'),
    ...(secretStore && {
      secretStore: {
        kind: secretStore.kind ?? 'ClusterSecretStore',
        name: secretStore.name,
        refreshInterval: secretStore.refreshInterval ?? '1h',
        entry: (secret) => secretStore.entry?.(application, secret) ?? `${application}/${secret}`,
      },
    }),
  };
}

/** Where KEDA's own chart puts it. */
const STOCK_KEDA: readonly Peer[] = [{ namespace: 'keda' }];

/** Who counts the messages of a backing service here. */
function scalersOf(bound: Bound, service: string): readonly NetworkPolicyPeer[] {
  const isCounted = bound.workloads.some(
    (workload) => workload.scale?.on?.service === service && isScaledByKeda(bound, workload),
  );
  if (!isCounted) return [];
  return (bound.environment.props.network.keda ?? STOCK_KEDA).map(networkPolicyPeer);
}

/** The workloads that use a backing service here. */
export function callersOf(
  { phaseOne, workloads }: Bound,
  service: string,
): readonly Bound['workloads'][number][] {
  const names = new Set(
    phaseOne.edges
      .filter(({ kind, to }) => kind === 'backing-service' && to === service)
      .map(({ from }) => from),
  );
  return workloads.filter(({ name }) => names.has(name));
}

/** What the environment's capacity says: a function of the platform team's, which may return anything. */
function roomFor(wanted: number, bounds: unknown): number {
  const max = isBag(bounds) ? bounds.max : undefined;
  return Number.isInteger(max) ? Math.max(1, Math.min(wanted, max as number)) : wanted;
}
