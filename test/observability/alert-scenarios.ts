import { ScheduledJob, WebService, Worker } from '../../lib';
import type { WorkloadModel } from '../../lib/foundation';
import { synthesizeIn } from '../../lib/testing';

const image = 'ghcr.io/example/orders:1.4.2';
const synthesis = synthesizeIn((app) => {
  new WebService(app, 'orders', {
    image,
    port: 8080,
    health: '/ready',
    scale: { min: 2, max: 10 },
    sidecars: { proxy: { image: 'x/proxy:1' } },
    init: { wait: { image: 'x/wait:1' } },
    migrate: { command: ['migrate'] },
  });
  new Worker(app, 'mailer', { image: 'x/mailer:1', scale: { min: 2, max: 2 } });
  new ScheduledJob(app, 'sweep', {
    image: 'x/sweep:1',
    schedule: '*/5 * * * *',
    deadlineSeconds: 240,
    startingDeadlineSeconds: 60,
  });
});

/** The workloads that the alerts are tested with. */
export const workloads: readonly WorkloadModel[] = synthesis.model.workloads;

/** Series by what stands between their braces, each with values of a minute each. */
export type Samples = Readonly<Record<string, string>>;

/** A fault, and when it is told of. */
export interface Scenario {
  readonly alert: string;
  /** What is told in the label `service`. */
  readonly service: string;
  readonly fault: (namespace: string) => Samples;
  readonly healthy: (namespace: string) => Samples;
  readonly firesAt: number;
  /** The first minute of the fault. @default 0 */
  readonly from?: number;
  readonly container?: string;
  /** What the annotations say of the value, by the template. */
  readonly value: string;
}

const MINUTES = 30;
const always = (value: number | string): string => `${value}x${MINUTES}`;
const pod = (namespace: string, name: string, container: string): string =>
  `namespace="${namespace}",pod="${name}",container="${container}",uid="1"`;
const ORDERS = 'orders-7d9f8c5b6d-4xz7k';
const OTHER = 'orders-7d9f8c5b6d-b9wqp';

const waiting =
  (reason: string, init = false) =>
  (namespace: string): Samples => {
    const metric = `kube_pod_${init ? 'init_' : ''}container_status_waiting_reason`;
    const of = (name: string): string =>
      `${metric}{${pod(namespace, name, init ? 'proxy' : 'orders')},reason="${reason}"}`;
    return { [of(ORDERS)]: always(1), [of(OTHER)]: always(1) };
  };

const killed =
  (reason: string, restarts: string) =>
  (namespace: string): Samples => ({
    [`kube_pod_container_status_restarts_total{${pod(namespace, ORDERS, 'orders')}}`]: restarts,
    [`kube_pod_container_status_last_terminated_reason{${pod(namespace, ORDERS, 'orders')},reason="${reason}"}`]: `_x5 ${always(1)}`,
  });

/** A run that ended after four minutes. Its pod stays. */
const killedRun =
  (reason: string) =>
  (namespace: string): Samples => ({
    [`kube_pod_container_status_terminated_reason{${pod(namespace, 'sweep-29384715-4xz7k', 'sweep')},reason="${reason}"}`]: `_x5 ${always(1)}`,
  });

const memory =
  (bytes: number) =>
  (namespace: string): Samples => ({
    [`container_memory_working_set_bytes{${pod(namespace, ORDERS, 'orders')},id="/a"}`]:
      always(bytes),
    [`kube_pod_container_resource_limits{${pod(namespace, ORDERS, 'orders')},resource="memory"}`]:
      always(1000),
    // An injected container is nobody's of ours.
    [`container_memory_working_set_bytes{${pod(namespace, ORDERS, 'istio-proxy')},id="/b"}`]:
      always(1000),
    [`kube_pod_container_resource_limits{${pod(namespace, ORDERS, 'istio-proxy')},resource="memory"}`]:
      always(1000),
  });

const throttled =
  (each: number) =>
  (namespace: string): Samples => ({
    [`container_cpu_cfs_throttled_periods_total{${pod(namespace, ORDERS, 'orders')}}`]: `0+${each}x${MINUTES}`,
    [`container_cpu_cfs_periods_total{${pod(namespace, ORDERS, 'orders')}}`]: `0+100x${MINUTES}`,
  });

const deployment =
  (available: string, updated = always(3)) =>
  (namespace: string): Samples => {
    const of = `namespace="${namespace}",deployment="orders"`;
    return {
      [`kube_deployment_spec_replicas{${of}}`]: always(3),
      [`kube_deployment_status_replicas_available{${of}}`]: available,
      [`kube_deployment_status_replicas_updated{${of}}`]: updated,
    };
  };

const progressing =
  (isStuck: 0 | 1) =>
  (namespace: string): Samples => {
    const of = (status: string): string =>
      `kube_deployment_status_condition{namespace="${namespace}",deployment="orders",condition="Progressing",status="${status}"}`;
    return { [of('false')]: always(isStuck), [of('true')]: always(1 - isStuck) };
  };

const autoscaler =
  (current: number, min: number) =>
  (namespace: string): Samples => {
    const of = `namespace="${namespace}",horizontalpodautoscaler="orders"`;
    return {
      [`kube_horizontalpodautoscaler_status_current_replicas{${of}}`]: always(current),
      [`kube_horizontalpodautoscaler_spec_max_replicas{${of}}`]: always(10),
      [`kube_horizontalpodautoscaler_spec_min_replicas{${of}}`]: always(min),
    };
  };

/** A run that failed at the first minute, and one that succeeded before or after. */
const runs =
  (success: number) =>
  (namespace: string): Samples => {
    const of = `namespace="${namespace}",job_name="sweep-29384715"`;
    return {
      [`kube_job_status_start_time{${of}}`]: always(60),
      [`kube_job_failed{${of},condition="true"}`]: always(1),
      [`kube_cronjob_status_last_successful_time{namespace="${namespace}",cronjob="sweep"}`]:
        always(success),
    };
  };

const migrations =
  (later: 'kube_job_failed' | 'kube_job_complete') =>
  (namespace: string): Samples => {
    const of = (hash: string): string =>
      `namespace="${namespace}",job_name="orders-migrate-${hash}"`;
    return {
      [`kube_job_status_start_time{${of('0a1b2c3d')}}`]: always(60),
      [`kube_job_status_start_time{${of('4e5f6a7b')}}`]: always(120),
      [`${later === 'kube_job_failed' ? 'kube_job_complete' : 'kube_job_failed'}{${of('0a1b2c3d')},condition="true"}`]:
        always(1),
      [`${later}{${of('4e5f6a7b')},condition="true"}`]: always(1),
    };
  };

const successAt =
  (values: string, metric = 'status_last_successful_time') =>
  (namespace: string): Samples => ({
    [`kube_cronjob_${metric}{namespace="${namespace}",cronjob="sweep"}`]: values,
  });

/** Five between two runs, one for a late start, and four for the run. */
const LATE_MINUTES = 10;
const late = {
  alert: 'ScheduledJobLate',
  service: 'sweep',
  healthy: successAt('0x4 300x25'),
  firesAt: LATE_MINUTES + 1,
  value: '11m 0s',
} as const;

export const scenarios: readonly Scenario[] = [
  {
    alert: 'WorkloadCrashLooping',
    service: 'orders',
    fault: waiting('CrashLoopBackOff'),
    healthy: waiting('ContainerCreating'),
    firesAt: 15,
    container: 'orders',
    value: '2',
  },
  {
    alert: 'WorkloadCrashLooping',
    service: 'orders',
    fault: waiting('CrashLoopBackOff', true),
    healthy: waiting('PodInitializing'),
    firesAt: 15,
    container: 'proxy',
    value: '2',
  },
  {
    alert: 'WorkloadContainerWaiting',
    service: 'orders',
    fault: waiting('CreateContainerConfigError'),
    healthy: waiting('ContainerCreating'),
    firesAt: 5,
    container: 'orders',
    value: '2',
  },
  {
    alert: 'WorkloadOutOfMemory',
    service: 'orders',
    fault: killed('OOMKilled', `0x4 ${always(1)}`),
    healthy: killed('Error', `0x4 ${always(1)}`),
    firesAt: 5,
    container: 'orders',
    value: '1',
  },
  {
    alert: 'WorkloadOutOfMemory',
    service: 'sweep',
    fault: killedRun('OOMKilled'),
    healthy: killedRun('Completed'),
    firesAt: 5,
    container: 'sweep',
    value: '1',
  },
  {
    alert: 'WorkloadMemoryNearLimit',
    service: 'orders',
    fault: memory(950),
    healthy: memory(850),
    firesAt: 15,
    container: 'orders',
    value: '95%',
  },
  {
    alert: 'WorkloadCpuThrottled',
    service: 'orders',
    fault: throttled(50),
    healthy: throttled(20),
    // A rate needs two samples.
    firesAt: 16,
    container: 'orders',
    value: '50%',
  },
  {
    alert: 'WorkloadReplicasMissing',
    service: 'orders',
    fault: deployment(always(1)),
    healthy: deployment(always(3)),
    firesAt: 15,
    value: '2',
  },
  {
    alert: 'WorkloadRolloutStuck',
    service: 'orders',
    fault: progressing(1),
    healthy: progressing(0),
    firesAt: 1,
    value: '',
  },
  {
    alert: 'WorkloadAtMaximumScale',
    service: 'orders',
    fault: autoscaler(10, 2),
    healthy: autoscaler(9, 2),
    firesAt: 15,
    value: '10',
  },
  {
    alert: 'ScheduledJobFailed',
    service: 'sweep',
    fault: runs(30),
    healthy: runs(90),
    firesAt: 0,
    value: '1970-01-01 00:01:00 +0000 UTC',
  },
  {
    alert: 'MigrationFailed',
    service: 'orders',
    fault: migrations('kube_job_failed'),
    healthy: migrations('kube_job_complete'),
    firesAt: 0,
    value: '1970-01-01 00:02:00 +0000 UTC',
  },
  { ...late, fault: successAt('0x30') },
  { ...late, fault: successAt('0x30', 'created') },
];

/** What looks like a fault and is none. */
export const quiet: readonly Pick<Scenario, 'alert' | 'fault'>[] = [
  // New pods come up all the time.
  { alert: 'WorkloadReplicasMissing', fault: deployment(always(1), `1+1x${MINUTES}`) },
  // An environment with room for one bound.
  { alert: 'WorkloadAtMaximumScale', fault: autoscaler(10, 10) },
  // A blip of a minute, as when a Secret comes a little later.
  {
    alert: 'WorkloadContainerWaiting',
    fault: (namespace) =>
      Object.fromEntries(
        Object.keys(waiting('CreateContainerConfigError')(namespace)).map((series) => [
          series,
          '1x1 _x28',
        ]),
      ),
  },
  // Killed before, and restarted now for something else.
  {
    alert: 'WorkloadOutOfMemory',
    fault: (namespace) => killed('Error', `0x4 ${always(1)}`)(namespace),
  },
];
