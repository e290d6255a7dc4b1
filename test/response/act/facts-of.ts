import type { ResponseAction, WorkloadModel } from '../../../lib/foundation';
import type { ActFacts, Incident } from '../../../lib/response';
import { environment, model, workload } from '../../rightsize/models';

export const NOW = Date.UTC(2026, 10, 20, 3) / 1000;

type Cluster = NonNullable<ActFacts['cluster']>;

export const entry = (
  minutesAgo: number,
  more: Partial<Cluster['log'][number]> = {},
): Cluster['log'][number] => ({
  at: new Date((NOW - minutesAgo * 60) * 1000).toISOString(),
  ...{ application: 'shop', service: 'orders', action: 'scale-out' },
  ...{ why: 'x', because: [], against: [], commands: [], outcome: 'done' },
  ...more,
});

export const pod = (
  name: string,
  more: Partial<Cluster['pods'][number]> = {},
): Cluster['pods'][number] => ({
  ...{ name, isReady: true, isTerminating: false, restarts: 0 },
  ...{ createdAt: NOW - 86_400, graceSeconds: 600, phase: 'Running' },
  ...more,
});

export const revision = (
  number: number,
  hoursAgo: number,
  burn?: number,
  measuredSeconds = 86_400,
): Cluster['revisions'][number] => ({
  revision: number,
  replicaSet: `orders-${number}`,
  createdAt: NOW - hoursAgo * 3600,
  measuredSeconds,
  ...(burn !== undefined && { burn }),
});

/** A cluster in which everything may be done. */
export const cluster = (more: Partial<Cluster> = {}): Cluster => {
  const pods = more.pods ?? [
    pod('orders-1'),
    pod('orders-2', { isReady: false, reason: 'CrashLoopBackOff' }),
  ];
  return {
    partOf: 'shop',
    replicas: 2,
    isRollingOut: false,
    bounds: { min: 2, max: 5 },
    pods,
    watched: pods.map(({ name }) => name),
    revisions: [revision(6, 100, 0.1), revision(7, 50, 3), revision(8, 1, 40)],
    log: [],
    ...more,
  };
};

const alert = {
  ...{ alertname: 'SLOErrorBudgetBurnPage', severity: 'page', since: NOW - 300 },
  ...{ application: 'shop', service: 'orders' },
};

export const incident = (more: Partial<Incident> = {}): Incident => ({
  ...{ application: 'shop', service: 'orders', kind: 'workload', environment: 'prod' },
  ...{ namespace: 'shop-prod', at: NOW, verdict: 'burning', warnings: [], isBurning: true },
  ...{ suspects: [], failing: [], softFailing: [], hurt: [], changes: [], burnsIn: [] },
  objectives: [{ slo: 'availability', objective: 99, burn: 40, state: 'pages' }],
  hurtBy: { application: 'shop', service: 'orders' },
  ...{ alerts: [alert], areAlertsKnown: true },
  ...{ commandsFor: 'orders', commands: [], responses: [], contact: { team: 'team-a' } },
  ...{ runbook: 'runbooks/shop/orders.md', dashboards: [], lacks: [] },
  ...more,
});

/** Facts for which the action is planned, but for what a test says. */
export function factsOf(
  action: ResponseAction,
  more: Partial<ActFacts> = {},
  how: {
    readonly appliedBy?: 'kubectl';
    readonly objects?: readonly string[];
    readonly workloads?: readonly WorkloadModel[];
  } = { appliedBy: 'kubectl' },
): ActFacts {
  const { appliedBy, objects = ['HorizontalPodAutoscaler'], workloads = [] } = how;
  const orders = workload('orders', []);
  const prod = environment(
    'prod',
    { orders: { min: 2, max: 5 } },
    { objects: objects.map((kind) => ({ kind, name: 'orders' })) },
  );
  const shop = model('shop', [orders, ...workloads], [prod], appliedBy ? { appliedBy } : {});
  return {
    standing: { model: shop, workload: orders, environment: prod },
    action,
    allowed: { action, when: ['SLOErrorBudgetBurnPage'], everyMinutes: 30, perDay: 3 },
    incident: incident(),
    now: NOW,
    connected: new Set(['shop/orders', 'shop/stock']),
    cluster: cluster(),
    ...more,
  };
}
