import type { Manifest } from '../../../lib/foundation';
import { changed, type Bag, type Draft } from '../fixtures/fixture';
import { bags, drop, fill, isBag, withoutNulls } from './fill';
import { fillPod, fillPodSpec } from './pods';

type Fill = (spec: Bag, object: Draft) => void;

const RBAC = { apiGroup: 'rbac.authorization.k8s.io' };

function fillTemplate(spec: Bag): void {
  if (isBag(spec.template) && isBag(spec.template.spec)) fillPodSpec(spec.template.spec);
}

/** A job with neither parallelism nor completions has one of each. It takes the labels of its template where it has none. */
function fillJob(spec: Bag, { metadata }: Draft): void {
  if (spec.parallelism === undefined) fill(spec, { completions: 1 });
  fill(spec, {
    backoffLimit: 6,
    completionMode: 'NonIndexed',
    parallelism: 1,
    podReplacementPolicy: 'TerminatingOrFailed',
    selector: { matchLabels: { 'batch.kubernetes.io/controller-uid': 'f3b0' } },
    suspend: false,
  });
  const template =
    isBag(spec.template) && isBag(spec.template.metadata) ? spec.template.metadata : {};
  if (isBag(template.labels)) fill(metadata, { labels: { ...template.labels } });
  fillTemplate(spec);
}

function fillService(spec: Bag): void {
  fill(spec, {
    type: 'ClusterIP',
    sessionAffinity: 'None',
    internalTrafficPolicy: 'Cluster',
    ipFamilyPolicy: 'SingleStack',
  });
  if (spec.type !== 'ExternalName')
    fill(spec, { clusterIP: '10.96.0.7', clusterIPs: ['10.96.0.7'] });
  const isOutside = spec.type === 'NodePort' || spec.type === 'LoadBalancer';
  if (isOutside) fill(spec, { externalTrafficPolicy: 'Cluster' });
  if (spec.type === 'LoadBalancer') fill(spec, { allocateLoadBalancerNodePorts: true });
  for (const port of bags(spec.ports)) {
    fill(port, { protocol: 'TCP', targetPort: port.port });
    if (isOutside) fill(port, { nodePort: 30080 });
  }
  drop(spec, 'externalIPs', 'publishNotReadyAddresses');
}

function fillNetworkPolicy(spec: Bag): void {
  const hasEgress = bags(spec.egress).length > 0;
  fill(spec, { podSelector: {}, policyTypes: hasEgress ? ['Ingress', 'Egress'] : ['Ingress'] });
  for (const rule of [...bags(spec.ingress), ...bags(spec.egress)]) {
    for (const port of bags(rule.ports)) fill(port, { protocol: 'TCP' });
    drop(rule, 'from', 'to', 'ports');
  }
  drop(spec, 'ingress', 'egress', 'policyTypes');
}

const cpu = { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } };

/** What the API server fills into the spec of each kind, as of Kubernetes 1.30. */
const fills: Readonly<Record<string, Fill>> = {
  Pod: (spec, pod) => {
    fillPodSpec(spec);
    fillPod(pod);
  },
  Deployment: (spec) => {
    fill(spec, {
      replicas: 1,
      strategy: {},
      revisionHistoryLimit: 10,
      progressDeadlineSeconds: 600,
    });
    fill(spec.strategy, { type: 'RollingUpdate' });
    if (isBag(spec.strategy) && spec.strategy.type === 'RollingUpdate') {
      fill(spec.strategy, { rollingUpdate: {} });
      fill(spec.strategy.rollingUpdate, { maxUnavailable: '25%', maxSurge: '25%' });
    }
    drop(spec, 'paused');
    fillTemplate(spec);
  },
  StatefulSet: (spec) => {
    fill(spec, { replicas: 1, revisionHistoryLimit: 10, podManagementPolicy: 'OrderedReady' });
    fill(spec, { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } } });
    fillTemplate(spec);
  },
  DaemonSet: (spec) => {
    const rollingUpdate = { maxUnavailable: 1, maxSurge: 0 };
    fill(spec, {
      revisionHistoryLimit: 10,
      updateStrategy: { type: 'RollingUpdate', rollingUpdate },
    });
    fillTemplate(spec);
  },
  ReplicaSet: (spec) => {
    fill(spec, { replicas: 1 });
    fillTemplate(spec);
  },
  Job: fillJob,
  CronJob: (spec) => {
    fill(spec, {
      concurrencyPolicy: 'Allow',
      failedJobsHistoryLimit: 1,
      successfulJobsHistoryLimit: 3,
      suspend: false,
    });
    if (isBag(spec.jobTemplate) && isBag(spec.jobTemplate.spec))
      fillTemplate(spec.jobTemplate.spec);
  },
  Service: fillService,
  NetworkPolicy: fillNetworkPolicy,
  HorizontalPodAutoscaler: (spec) => {
    fill(spec, { minReplicas: 1, metrics: [{ type: 'Resource', resource: cpu }] });
  },
  ResourceQuota: (spec) => {
    if (!isBag(spec.hard)) return;
    for (const [name, amount] of Object.entries(spec.hard)) spec.hard[name] = String(amount);
  },
  HTTPRoute: (spec) => {
    fill(spec, { rules: [{ matches: [{ path: { type: 'PathPrefix', value: '/' } }] }] });
    for (const parent of bags(spec.parentRefs)) {
      fill(parent, { group: 'gateway.networking.k8s.io', kind: 'Gateway' });
    }
  },
};

const clusterScoped = ['ClusterRole', 'ClusterRoleBinding'];

/** An object as admission sees it: nulls gone, and filled in by the API server and its own plugins. */
export const defaulted = (object: Manifest): Manifest =>
  changed(withoutNulls(object) as Manifest, (draft) => {
    fill(draft.metadata, { creationTimestamp: '2026-01-01T00:00:00Z', uid: 'f3b0', generation: 1 });
    if (!clusterScoped.includes(draft.kind)) fill(draft.metadata, { namespace: 'shop' });
    if (isBag(draft.spec)) fills[draft.kind]?.(draft.spec, draft);
    if (draft.kind === 'Secret') fill(draft, { type: 'Opaque' });
    if (draft.kind.endsWith('RoleBinding')) {
      fill(draft.roleRef, RBAC);
      for (const subject of bags(draft.subjects)) {
        if (subject.kind !== 'ServiceAccount') fill(subject, RBAC);
      }
    }
  });
