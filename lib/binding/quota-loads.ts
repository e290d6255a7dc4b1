import type { Quota } from '../environment';
import { isBag, isList, quantityNanos } from '../foundation';
import { foreignLoadsOf, loadsOf, type Load } from '../guardrail';
import { bindAutoscalers } from './autoscaler';
import type { Bound } from './bound';
import { bindRestart } from './restart-job';
import { serviceDemand } from './service-demand';
import { standingFiles } from './standing';

type Bag = Readonly<Record<string, unknown>>;

/** What containers get that state nothing: a small one, as helpers of operators and of people are. */
export const UNSTATED = {
  requests: { cpu: '50m', memory: '128Mi' },
  /** That on CPU where everything else has one. */
  limits: { cpu: '1', memory: '256Mi' },
} as const;

/** All that may be in the namespace at a time, with what it takes once the defaults of the namespace are filled in. */
export const loadsHere = (bound: Bound, { injected }: Quota): readonly Load[] => {
  const extra = injected === undefined ? [] : [{ resources: injected }];
  const withInjected = (load: Load): Load => ({
    ...load,
    podSpec: { ...load.podSpec, containers: [...bagsIn(load.podSpec, 'containers'), ...extra] },
  });
  const { own, others } = statedLoads(bound);
  return [...own.map(withInjected), ...others].map((load) => ({
    ...load,
    podSpec: withDefaults(load.podSpec),
  }));
};

/** Whether every container states a limit on CPU. */
export const allHaveCpuLimits = (bound: Bound): boolean => {
  const { own, others } = statedLoads(bound);
  return [...own, ...others]
    .flatMap(({ podSpec }) => containersOf(podSpec))
    .every((container) => amountAt(container, 'limits', 'cpu') !== undefined);
};

/** The largest limit of one container. */
export const largestLimit = (loads: readonly Load[], resource: string): bigint =>
  loads
    .flatMap(({ podSpec }) => containersOf(podSpec))
    .map((container) => amountAt(container, 'limits', resource) ?? 0n)
    .reduce((most, each) => (each > most ? each : most), 0n);

interface StatedLoads {
  /** Those of the application. */
  readonly own: readonly Load[];
  /** Those of backing services, and the Job that restarts. */
  readonly others: readonly Load[];
}

const known = new WeakMap<Bound, StatedLoads>();

function statedLoads(bound: Bound): StatedLoads {
  const loads = known.get(bound) ?? collectLoads(bound);
  known.set(bound, loads);
  return loads;
}

function collectLoads(bound: Bound): StatedLoads {
  const application = {
    objects: [
      ...standingFiles(bound).flatMap(({ objects }) => objects.map(({ manifest }) => manifest)),
      ...bindAutoscalers(bound).manifests,
    ],
  };
  const services = serviceDemand(bound).map(({ pods, more = 0, ...podSpec }) => ({
    podSpec: { ...podSpec },
    pods,
    surge: more,
  }));
  return {
    own: [...loadsOf(application), ...foreignLoadsOf(application)],
    others: [...loadsOf({ objects: bindRestart(bound).manifests }), ...services],
  };
}

const CONTAINERS = ['initContainers', 'containers'] as const;

const bagsIn = (podSpec: Bag, key: (typeof CONTAINERS)[number]): readonly Bag[] => {
  const found = podSpec[key];
  return isList(found) ? found.filter(isBag) : [];
};

const containersOf = (podSpec: Bag): readonly Bag[] =>
  CONTAINERS.flatMap((key) => bagsIn(podSpec, key));

const withDefaults = (podSpec: Bag): Bag => ({
  ...podSpec,
  initContainers: bagsIn(podSpec, 'initContainers').map(filled),
  containers: bagsIn(podSpec, 'containers').map(filled),
});

/** As a LimitRange fills in; a limit that is stated is the request already, where that is missing. */
function filled(container: Bag): Bag {
  const { requests, limits } = isBag(container.resources) ? container.resources : {};
  const stated = isBag(limits) ? limits : {};
  return {
    ...container,
    resources: {
      requests: { ...UNSTATED.requests, ...stated, ...(isBag(requests) && requests) },
      limits: { ...UNSTATED.limits, ...stated },
    },
  };
}

function amountAt(container: Bag, side: string, resource: string): bigint | undefined {
  const { resources } = container;
  const amounts = isBag(resources) ? resources[side] : undefined;
  const amount = isBag(amounts) ? amounts[resource] : undefined;
  const isQuantity = typeof amount === 'string' || typeof amount === 'number';
  return isQuantity ? quantityNanos(String(amount)) : undefined;
}
