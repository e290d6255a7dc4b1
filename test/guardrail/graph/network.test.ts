import { describe, expect, it } from '@jest/globals';
import { networkPolicyPresent } from '../../../lib/guardrail/graph/network-policy-present';
import { serviceSelectsOneWorkload } from '../../../lib/guardrail/graph/service-selects-one-workload';
import { cronJob, deployment, findings, labelled, type object, withSpec, workload } from './scene';

describe('network-policy-present', () => {
  const policy = (spec: Record<string, unknown>) => withSpec('NetworkPolicy', 'policy', spec);
  const found = (...specs: Record<string, unknown>[]) =>
    findings(networkPolicyPresent, [deployment('orders'), ...specs.map(policy)]);
  const own = { podSelector: labelled('orders') };

  it('passes when both directions are closed, by one policy or by two', () => {
    expect(found({ ...own, policyTypes: ['Ingress', 'Egress'] })).toEqual([]);
    expect(found({ ...own, policyTypes: ['Ingress'] }, { policyTypes: ['Egress'] })).toEqual([]);
    expect(found({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] })).toEqual([]);
  });

  it('fills in the directions as Kubernetes does', () => {
    expect(found({ ...own, egress: [{}] })).toEqual([]);
    expect(found({ ...own, policyTypes: [], egress: [{}] })).toEqual([]);
    expect(found({ ...own, egress: [] })).toEqual([
      'Deployment/orders: no NetworkPolicy selects its pods for egress',
    ]);
    expect(found({ ...own, policyTypes: ['Egress'] })).toEqual([
      'Deployment/orders: no NetworkPolicy selects its pods for ingress',
    ]);
  });

  it('reports each kind that makes pods', () => {
    const kinds = ['Pod', 'Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job'];
    const objects = [...kinds.map((kind) => workload(kind, 'orders')), cronJob('orders')];
    const others = withSpec('NetworkPolicy', 'others', { podSelector: labelled('others') });
    expect(findings(networkPolicyPresent, [...objects, others])).toEqual(
      [...kinds, 'CronJob'].map(
        (kind) => `${kind}/orders: no NetworkPolicy selects its pods for ingress or egress`,
      ),
    );
  });

  it('leaves to the owner what the owner made', () => {
    const made = workload('ReplicaSet', 'orders-1');
    const ownerReferences = [{ controller: true, kind: 'Deployment', name: 'orders' }];
    const objects = [{ ...made, metadata: { ...made.metadata, ownerReferences } }];
    expect(findings(networkPolicyPresent, objects)).toEqual([]);
  });
});

describe('service-selects-one-workload', () => {
  const service = (spec: Record<string, unknown>) => withSpec('Service', 'orders', spec);
  const found = (spec: Record<string, unknown>, ...objects: ReturnType<typeof object>[]) =>
    findings(serviceSelectsOneWorkload, [...objects, service(spec)]);
  const selector = { app: 'orders' };
  const ports = (name: string, protocol?: string) => ({
    containers: [{ name: 'main', ports: [{ name, containerPort: 80, protocol }] }],
  });

  it('passes when it selects the pods of one workload', () => {
    expect(found({ selector }, deployment('orders'), deployment('ads'))).toEqual([]);
    expect(found({ selector }, workload('Rollout', 'orders'))).toEqual([]);
  });

  it('passes when others give it its endpoints', () => {
    expect(found({})).toEqual([]);
    expect(found({ selector: {} })).toEqual([]);
    expect(found({ type: 'ExternalName', externalName: 'example.com', selector })).toEqual([]);
  });

  it('reports when it selects nothing', () => {
    expect(found({ selector }, deployment('ads'))).toEqual([
      'Service/orders: its selector selects no pods',
    ]);
  });

  it('reports when it selects the pods of two workloads', () => {
    const migration = workload('Job', 'orders');
    expect(found({ selector }, deployment('orders'), migration)).toEqual([
      'Service/orders: its selector selects the pods of Deployment/orders, Job/orders',
    ]);
  });

  it('knows the labels that controllers add', () => {
    const one = { 'statefulset.kubernetes.io/pod-name': 'orders-0' };
    const sets = [workload('StatefulSet', 'orders'), workload('StatefulSet', 'ads')];
    expect(found({ selector: one }, ...sets)).toEqual([]);
    expect(found({ selector: { ...selector, ...one } }, ...sets)).toEqual([]);
    expect(found({ selector: { ...one, app: 'ads' } }, ...sets)).toHaveLength(1);
  });

  it('passes when a container or a sidecar has the port', () => {
    const sidecar = {
      initContainers: [{ name: 'proxy', restartPolicy: 'Always', ports: [{ name: 'admin' }] }],
    };
    const pods = deployment('orders', { ...ports('http'), ...sidecar });
    const targets = ['http', 'admin', 8080, '8080', undefined];
    expect(
      found({ selector, ports: targets.map((targetPort) => ({ port: 80, targetPort })) }, pods),
    ).toEqual([]);
  });

  it('reports a port that the pods do not name', () => {
    const spec = { selector, ports: [{ port: 80, targetPort: 'http' }] };
    expect(found(spec, deployment('orders', ports('grpc')))).toEqual([
      'Service/orders: its targetPort http is no TCP port of Deployment/orders, which has grpc',
    ]);
    expect(found(spec, deployment('orders', ports('http', 'UDP')))).toEqual([
      'Service/orders: its targetPort http is no TCP port of Deployment/orders, which names none',
    ]);
    expect(found(spec, deployment('orders'))).toHaveLength(1);
  });

  it('is silent about a selector that is none', () => {
    expect(found({ selector: { app: 1 } })).toEqual([]);
    expect(found({ selector: 'app=orders' })).toEqual([]);
  });
});
