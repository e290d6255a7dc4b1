import type { ApplicationModel, EdgeModel, ObjectiveModel } from '../../lib/foundation';
import { container, environment, model, workload } from '../rightsize/models';

const detection = (burnSeconds: number): ObjectiveModel['detection'] => [
  { severity: 'page', errorRatio: 1, burnSeconds, seconds: burnSeconds + 120 },
  {
    severity: 'ticket',
    errorRatio: 1,
    burnSeconds: 8 * burnSeconds,
    seconds: 8 * burnSeconds + 210,
  },
];

/** An objective with a page after some seconds of burning. */
export const objective = (
  service: string,
  slo: ObjectiveModel['slo'],
  burnSeconds: number,
  more: Partial<ObjectiveModel> = {},
): ObjectiveModel => ({
  ...{ id: `shop/${service}/${slo}`, slo, objective: 99.9, budgetMinutes: 43.2 },
  ...{
    source: 'open-telemetry',
    series: [],
    from: 'declaration',
    detection: detection(burnSeconds),
  },
  ...more,
});

const serving = (name: string, burnSeconds: number, underSeconds?: number) => ({
  selector: { 'app.kubernetes.io/name': name },
  scale: { min: 2, max: 4, targetCpuPercent: 70 },
  objectives: [
    objective(name, 'availability', burnSeconds),
    ...(underSeconds === undefined
      ? []
      : [objective(name, 'latency', 10 * burnSeconds, { underSeconds })]),
  ],
});

const edge = (from: string, to: string, more: Partial<EdgeModel> = {}): EdgeModel => ({
  ...{ from, to, kind: 'workload', port: 8080, soft: false },
  ...more,
});

const bounds = { min: 2, max: 4 };
const everywhere = { front: bounds, orders: bounds, stock: bounds, mailer: { min: 0, max: 5 } };

/** One of everything that is claimed. */
export const shop = (more: Partial<ApplicationModel> = {}): ApplicationModel =>
  model(
    'shop',
    [
      workload('front', [container('front', '500m', '1Gi')], {
        ...serving('front', 200, 1),
        exposure: { host: 'shop', protocol: 'http', rules: [] },
        metrics: { port: 8080, path: '/metrics' },
      }),
      workload('orders', [container('orders', '100m', '1Gi')], serving('orders', 100, 0.5)),
      workload('stock', [container('stock', '100m', '1Gi')], serving('stock', 50, 0.25)),
      workload('ads', [container('ads', '100m', '1Gi')], { noObjectives: 'without is good too' }),
      workload('mailer', [container('mailer', '100m', '1Gi')], {
        kind: 'worker',
        selector: { 'app.kubernetes.io/name': 'mailer' },
        scale: {
          ...{ min: 0, max: 5, targetCpuPercent: 70 },
          on: { kind: 'queue-length', service: 'broker', queue: 'mails', perReplica: 5 },
        },
        objectives: [objective('mailer', 'freshness', 500, { withinSeconds: 600 })],
      }),
      workload('report', [container('report', '100m', '1Gi')], {
        kind: 'scheduled-job',
        schedule: {
          ...{ cron: '0 * * * *', timeZone: 'UTC' },
          ...{ startingDeadlineSeconds: 300, deadlineSeconds: 600 },
        },
      }),
      workload('orders-migrate', [], { kind: 'migration' }),
    ],
    [
      environment('dev', {
        ...everywhere,
        ...{ front: { min: 1, max: 1 }, orders: { min: 1, max: 1 }, stock: { min: 1, max: 1 } },
      }),
      environment('staging', everywhere, {
        gameDays: {},
        hostnames: { front: 'shop.example.com' },
        objects: [
          { kind: 'Namespace', name: 'shop-staging' },
          { kind: 'PrometheusRule', name: 'shop-certificates' },
          { kind: 'StatefulSet', name: 'db' },
        ],
      }),
      environment('prod', everywhere),
    ],
    {
      objects: ['front', 'orders'].map((name) => ({
        ...{ kind: 'PodDisruptionBudget', name, file: 'application', path: `shop/${name}` },
      })),
      edges: [
        edge('front', 'orders', { timeoutSeconds: 2, attempts: 2 }),
        edge('front', 'ads', { soft: true, timeoutSeconds: 0.2 }),
        edge('orders', 'stock'),
        edge('orders', 'db', { kind: 'backing-service', port: 5432 }),
        edge('mailer', 'mail.example.com', { kind: 'external', port: 25, soft: true }),
        edge('orders', 'warehouse/rates', { kind: 'published' }),
        edge('report', 'db', { kind: 'backing-service', port: 5432 }),
        edge('orders-migrate', 'db', { kind: 'backing-service', port: 5432 }),
      ],
      ...more,
    },
  );
