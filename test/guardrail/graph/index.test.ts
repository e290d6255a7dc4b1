import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { OnlineBoutique } from '../../../apps/online-boutique';
import { platform } from '../../../apps/platform';
import type { Manifest } from '../../../lib/foundation';
import type { Scene } from '../../../lib/guardrail';
import { graphRules } from '../../../lib/guardrail/graph';
import {
  autoscaler,
  bound,
  budget,
  cronJob,
  deployment,
  findings,
  labelled,
  object,
  scaledObject,
  withSpec,
  workload,
} from './scene';

/** Everything that any rule reads. */
const whole: readonly Manifest[] = [
  deployment(
    'orders',
    {
      serviceAccountName: 'orders',
      terminationGracePeriodSeconds: 35,
      overhead: { cpu: '1m' },
      initContainers: [
        { name: 'proxy', restartPolicy: 'Always', resources: { requests: { cpu: '10m' } } },
      ],
      containers: [
        {
          name: 'orders',
          ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
          env: [
            { name: 'A', valueFrom: { secretKeyRef: { name: 'db', key: 'uri', optional: false } } },
            { name: 'B', valueFrom: { configMapKeyRef: { name: 'settings', key: 'b' } } },
          ],
          envFrom: [{ configMapRef: { name: 'settings' } }],
          lifecycle: { preStop: { exec: { command: ['sh', '-c', 'sleep 5; sleep 1'] } } },
          startupProbe: { initialDelaySeconds: 1, periodSeconds: 5, failureThreshold: 60 },
          resources: { requests: { cpu: '100m' }, limits: { memory: '128Mi' } },
        },
      ],
      volumes: [{ name: 'tls', secret: { secretName: 'tls', items: [{ key: 'tls.crt' }] } }],
    },
    {
      progressDeadlineSeconds: 600,
      minReadySeconds: 1,
      strategy: { rollingUpdate: { maxSurge: '25%' } },
    },
  ),
  autoscaler('orders', 2, 4),
  withSpec('VerticalPodAutoscaler', 'orders', {
    targetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'orders' },
    updatePolicy: { updateMode: 'Initial' },
    resourcePolicy: {
      containerPolicies: [
        { containerName: 'orders', mode: 'Auto', controlledResources: ['cpu', 'memory'] },
        { containerName: '*', mode: 'Off' },
      ],
    },
  }),
  budget('orders', { maxUnavailable: '25%', minAvailable: null }),
  workload('StatefulSet', 'db'),
  scaledObject('db', {
    scaleTargetRef: { kind: 'StatefulSet', name: 'db' },
    minReplicaCount: 2,
    maxReplicaCount: 4,
    idleReplicaCount: 2,
  }),
  budget('db', { minAvailable: 1 }),
  cronJob('report', {}, { parallelism: 1, completions: 1 }),
  withSpec('Service', 'orders', {
    selector: { app: 'orders' },
    ports: [{ port: 80, targetPort: 'http', protocol: 'TCP' }],
  }),
  withSpec('NetworkPolicy', 'all', {
    podSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['orders', 'db'] }] },
    egress: [{}],
  }),
  withSpec('NetworkPolicy', 'report', {
    podSelector: labelled('report'),
    policyTypes: ['Ingress', 'Egress'],
  }),
  withSpec('ResourceQuota', 'quota', { hard: { cpu: '8', memory: '1Gi', pods: 20 } }),
  withSpec('HTTPRoute', 'orders', {
    rules: [
      {
        timeouts: { request: '10s', backendRequest: '2s' },
        retry: { attempts: 2, backoff: '100ms' },
      },
    ],
  }),
  object('ServiceAccount', 'orders'),
  object('ConfigMap', 'settings', { data: { b: '1' } }),
  withSpec('ExternalSecret', 'db', {
    target: { name: 'db', template: { data: {} } },
    data: [{ secretKey: 'uri' }],
  }),
  withSpec('Certificate', 'tls', { secretName: 'tls' }),
];

const orders = { declared: { min: 2, max: 4 }, here: { min: 2, max: 4 } };

describe('The rules over a whole scene', () => {
  it('are in the order of their ids, each with a reason and a fix', () => {
    const ids = graphRules.map(({ id }) => id);
    expect(ids).toEqual([...ids].sort());
    for (const { why, fix } of graphRules) {
      expect(why).toMatch(/^[A-Z].*\.$/);
      expect(fix).toMatch(/^[A-Z].*[^.]$/);
    }
  });

  it.each(graphRules.map((rule) => [rule.id, rule] as const))(
    '%s finds nothing where there is nothing, and nothing in what is right',
    (_, rule) => {
      expect(findings(rule, [])).toEqual([]);
      expect(findings(rule, whole)).toEqual([]);
      expect(findings(rule, bound(whole, { orders }))).toEqual([]);
    },
  );
});

/** Puts something else in one place of a tree, which the numbers lead to. */
function mutate(tree: unknown, [step, ...steps]: readonly number[], value: unknown): void {
  if (typeof tree !== 'object' || tree === null || step === undefined) return;
  const keys = Object.keys(tree);
  const key = keys[step % Math.max(1, keys.length)];
  if (key === undefined) return;
  const bag = tree as Record<string, unknown>;
  const below = bag[key];
  if (steps.length > 0 && typeof below === 'object' && below !== null) mutate(below, steps, value);
  else bag[key] = value;
}

const junk: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(undefined, null, '', 0, -1, 0.5, NaN, 1e308, true, [], {}, [null], '%'),
  fc.constantFrom<unknown>('100%', '0s', '1e9Gi', 'Always', { toString: 1 }, [[]], 2 ** 53),
  fc.jsonValue(),
);
const mutation = fc.tuple(fc.array(fc.nat(), { minLength: 1, maxLength: 12 }), junk);

describe('Malformed objects', () => {
  it('make no rule throw, and no finding without an object and words', () => {
    const mutations = fc.array(mutation, { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(mutations, fc.boolean(), (all, isBound) => {
        const objects = structuredClone(whole);
        for (const [steps, value] of all) mutate(objects, steps, structuredClone(value));
        const scene: Scene = isBound ? bound(objects, { orders }) : { objects };
        for (const rule of graphRules) {
          for (const { object: at, found } of rule.judge(scene)) {
            expect(objects).toContain(at);
            expect(found).toMatch(/^\S.*[^.]$/);
            expect(found).not.toMatch(/undefined|NaN|\[object/);
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('The example application', () => {
  const app = platform();
  new OnlineBoutique(app);
  const { manifests, models } = app.render();
  const environments = ['dev', 'staging', 'prod'];

  const sceneOf = (environment: string): Scene => {
    const model = models[0]!;
    const bindings = model.environments.find(({ name }) => name === environment)!;
    const folder = `${environment}/${model.application}/`;
    const objects = [...manifests]
      .filter(([path]) => path.startsWith(folder))
      .flatMap(([, all]) => all)
      .map(
        (each) =>
          ({
            ...each,
            metadata: { ...each.metadata, namespace: bindings.namespace },
          }) as Manifest,
      );
    return { objects, model, environment: bindings };
  };

  it.each(environments)('breaks no rule in %s', (environment) => {
    const scene = sceneOf(environment);
    expect(scene.objects.length).toBeGreaterThan(50);
    expect(graphRules.flatMap((rule) => findings(rule, scene))).toEqual([]);
  });

  it('breaks some without its budgets, policies and accounts', () => {
    const scene = sceneOf('prod');
    const left = ['PodDisruptionBudget', 'NetworkPolicy', 'ServiceAccount'];
    const objects = scene.objects.filter(({ kind }) => !left.includes(kind));
    const broken = graphRules.filter((rule) => rule.judge({ ...scene, objects }).length > 0);
    expect(broken.map(({ id }) => id)).toEqual([
      'bound-names-exist',
      'network-policy-present',
      'pdb-present',
    ]);
  });
});
