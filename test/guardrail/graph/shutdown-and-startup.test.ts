import { describe, expect, it } from '@jest/globals';
import { graceCoversShutdown } from '../../../lib/guardrail/graph/grace-covers-shutdown';
import { startupBeforeProgressDeadline } from '../../../lib/guardrail/graph/startup-before-progress-deadline';
import { cronJob, deployment, findings, workload } from './scene';

const sleeping = (seconds: unknown) => ({ lifecycle: { preStop: { sleep: { seconds } } } });
const running = (...command: unknown[]) => ({ lifecycle: { preStop: { exec: { command } } } });
const container = (fields: object) => ({ name: 'main', ...fields });

describe('grace-covers-shutdown', () => {
  const found = (grace: unknown, ...containers: object[]) =>
    findings(graceCoversShutdown, [
      deployment('orders', {
        terminationGracePeriodSeconds: grace,
        containers: containers.map(container),
      }),
    ]);

  it('passes when a second is left after the longest hook', () => {
    expect(found(16, sleeping(5), sleeping(15))).toEqual([]);
    expect(found(undefined, sleeping(29))).toEqual([]);
    expect(found(null, {})).toEqual([]);
    expect(found(1)).toEqual([]);
  });

  it('reports when the hook takes all of it', () => {
    expect(found(15, sleeping(5), sleeping(15))).toEqual([
      'Deployment/orders: its preStop hook takes 15 s, and the pod is killed after 15 s',
    ]);
    expect(found(undefined, sleeping(30))).toHaveLength(1);
  });

  it('reports when there is no time at all', () => {
    expect(found(0)).toEqual(['Deployment/orders: the pod is killed after 0 s']);
  });

  it.each([
    [running('sleep', '20')],
    [running('/bin/sleep', '20s')],
    [running('sh', '-c', 'sleep 20')],
    [running('/bin/bash', '-ec', 'echo bye; sleep 15 && sleep 0.5; nginx -s quit\nsleep 5')],
    [running('sleep', '1m')],
  ])('reads %j', (hook) => {
    expect(found(20, hook)).toHaveLength(1);
    expect(found(90, hook)).toEqual([]);
  });

  it.each([
    [running('sh', '-c', 'while busy; do sleep 20; done')],
    [running('sh', '-c', 'sleep 20 &')],
    [running('sh', '-c', 'stop || sleep 20')],
    [running('nginx', '-s', 'quit')],
    [running('sh', '-c', 'echo sleep 20')],
    [running('sleep', 'infinity')],
    [running({ toString: 1 }, 20)],
    [sleeping('20')],
    [{ lifecycle: { preStop: { exec: { command: 'sleep 20' } } } }],
  ])('does not guess how long %j takes', (hook) => {
    expect(found(20, hook)).toEqual([]);
  });

  it('looks at sidecars and at all kinds of workloads', () => {
    const sidecar = { ...container(sleeping(60)), restartPolicy: 'Always' };
    const init = container(sleeping(60));
    const pods = (first: object) => ({ initContainers: [first], containers: [container({})] });
    expect(findings(graceCoversShutdown, [workload('Pod', 'a', pods(sidecar))])).toHaveLength(1);
    expect(findings(graceCoversShutdown, [workload('Pod', 'a', pods(init))])).toEqual([]);
    expect(findings(graceCoversShutdown, [cronJob('a', pods(sidecar))])).toHaveLength(1);
  });

  it('is silent about a grace period that is none', () => {
    expect(found('30s', sleeping(60))).toEqual([]);
    expect(found(-1)).toEqual([]);
  });
});

describe('startup-before-progress-deadline', () => {
  const found = (startupProbe: unknown, spec: Record<string, unknown> = {}) =>
    findings(startupBeforeProgressDeadline, [
      deployment('orders', { containers: [container({}), container({ startupProbe })] }, spec),
    ]);

  it('passes when the longest start is over before', () => {
    expect(found(undefined)).toEqual([]);
    expect(found({})).toEqual([]);
    expect(found({ periodSeconds: 5, failureThreshold: 119 })).toEqual([]);
    expect(found({ failureThreshold: 60 }, { progressDeadlineSeconds: 601 })).toEqual([]);
  });

  it('reports when it is not', () => {
    expect(found({ periodSeconds: 5, failureThreshold: 120 })).toEqual([
      'Deployment/orders: a start may take 600 s, and the rollout is given up after 600 s',
    ]);
    expect(found({ initialDelaySeconds: 570 })).toHaveLength(1);
    expect(found({}, { progressDeadlineSeconds: 30 })).toHaveLength(1);
    expect(found({}, { progressDeadlineSeconds: 40, minReadySeconds: 10 })).toHaveLength(1);
  });

  it('adds up sidecars, which start one after the other', () => {
    const sidecar = {
      ...container({ startupProbe: { failureThreshold: 30 } }),
      restartPolicy: 'Always',
    };
    const start = (initContainers: readonly object[]) =>
      findings(startupBeforeProgressDeadline, [
        deployment('orders', { initContainers, containers: [container({})] }),
      ]);
    expect(start([sidecar])).toEqual([]);
    expect(start([sidecar, sidecar])).toHaveLength(1);
    expect(start([{ ...sidecar, restartPolicy: undefined }, sidecar])).toEqual([]);
  });

  it('has its say on Deployments alone', () => {
    const pods = { containers: [container({ startupProbe: { failureThreshold: 900 } })] };
    expect(findings(startupBeforeProgressDeadline, [workload('StatefulSet', 'a', pods)])).toEqual(
      [],
    );
  });

  it('is silent about numbers that are none', () => {
    expect(found({ failureThreshold: 'many' })).toEqual([]);
    expect(found({ failureThreshold: 900 }, { progressDeadlineSeconds: '1h' })).toEqual([]);
  });
});
