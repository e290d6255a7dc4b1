import type {
  Dependency,
  EnvValue,
  Runtime,
  ScaleTrigger,
  SecretReference,
  ServiceReference,
  StageName,
} from '../foundation';
import type { GrpcExposure, HttpExposure } from '../network';
import type { JobRunbook, Runbook } from '../incident';
import type { FixedSize, Size } from '../sizing';
import type { Metrics, NoSlo, RequestSlo, ScheduleSlo, WorkSlo } from '../observability';
import type { AnyHealth, GrpcPort, Health, HttpPort, Scratch, TcpPort, User } from '../workload';
import type { Publication } from './publication';
import type { Migrate } from './migrate-props';

/** What runs in one container. */
export interface ContainerProps {
  /** The image with a version tag or a digest, never `latest`: what runs must not change under a running system. */
  readonly image: string;
  /** @default Size.S - 100m and 256Mi, a small service; of a sidecar Size.XS */
  readonly size?: Size;
  /**
   * What runs its program: `'go'`, `'jvm'`, `'node'`, `'dotnet'` or `'python'`. It is told of the size by variables, before those of `env`:
   * `GOMEMLIMIT`, `JDK_JAVA_OPTIONS`, `NODE_OPTIONS`, `DOTNET_GCHeapHardLimitPercent`, `WEB_CONCURRENCY` and others. What `env` gives under
   * the same name holds; options in `JDK_JAVA_OPTIONS` and `NODE_OPTIONS` come after ours, so that theirs hold. See docs/sizing.md.
   * @default none - the runtime sees what it can see, which is often the node
   */
  readonly runtime?: Runtime;
  /** Environment variables by name: literals, and references, each of which is a dependency. */
  readonly env?: Readonly<Record<string, EnvValue>>;
  /** Secrets as files, by absolute path: `{ '/etc/keys/signing.pem': secret('signing-key') }`. The folder shows nothing else. */
  readonly files?: Readonly<Record<string, SecretReference | ServiceReference>>;
  /** @default the image's entry point */
  readonly command?: readonly string[];
  /** @default the image's arguments */
  readonly args?: readonly string[];
  /** Writable folders beside `/tmp`: `['/var/cache/nginx']`. @default none - the root file system is read-only */
  readonly scratch?: readonly (string | Scratch)[];
}

/** A container that runs beside the main one, started before it and stopped after it. */
export interface SidecarProps extends ContainerProps {
  /** Checks, each with its port. @default none - the pod is ready when the main container is */
  readonly health?: AnyHealth;
}

/** A container that runs to its end before the main one starts. */
export interface InitProps extends ContainerProps {
  /** Written down: what runs for a moment is not measured. @default the main one's - it costs nothing, as the main one needs as much later */
  readonly size?: FixedSize;
}

/** In which stages a workload exists. */
export interface Presence {
  readonly stages: readonly StageName[];
  /** Why it does not exist everywhere, for whoever wonders in an incident. */
  readonly reason: string;
}

/** What every workload has. */
export interface WorkloadProps extends ContainerProps {
  /**
   * @default 10001, or what the platform decides - above 10,000 it is nobody on the node; kube-score, Checkov and Trivy ask for it
   */
  readonly user?: User;
  /** Containers that run to their end first, by name, in this order. */
  readonly init?: Readonly<Record<string, InitProps>>;
  /** Containers that run beside it, by name. */
  readonly sidecars?: Readonly<Record<string, SidecarProps>>;
  /**
   * Dependencies that need no environment variable: `[external('api.stripe.com')]`. A backing service, as in `[db]`, brings its conventional
   * variables along, to the main container and the init containers; what `env` gives under the same name holds.
   */
  readonly uses?: readonly Dependency[];
  /** Prometheus metrics; `{}` for `/metrics` on the port. @default none are scraped */
  readonly metrics?: Metrics;
  /** Annotations of the pods, where agents and meshes look for theirs. */
  readonly annotations?: Readonly<Record<string, string>>;
  /** @default everywhere - what exists in one environment only was never tested in another */
  readonly presence?: Presence;
}

/** How many replicas the busiest environment needs. Environments with less capacity get fewer. */
export interface Scale {
  readonly min: number;
  readonly max: number;
  /** Use of requested CPU that the autoscaler aims for. @default 70 - leaves room for the time that a new pod takes to start */
  readonly targetCpuPercent?: number;
}

/** How many replicas a worker needs: by its use of CPU, or by the work that waits for it. */
export interface WorkerScale extends Scale {
  /** With `on` it may be 0: without work there is no replica. */
  readonly min: number;
  /**
   * The messages to scale on: `broker.queue('mails').length(50)` or `events.lag({ group: 'mailer', perReplica: 1000 })`. Using it is the
   * dependency. `targetCpuPercent` then counts only where the environment omits KEDA: with KEDA the messages alone decide.
   * @default none - it scales on its use of CPU
   */
  readonly on?: ScaleTrigger;
}

/** A workload that always runs. */
export interface RunningProps extends WorkloadProps {
  /** @default { min: 2, max: 4 } - two, so that one may go; naiserator's bounds */
  readonly scale?: Scale;
  /** Time to finish what is in flight once the pod is told to stop. @default 30 - the grace period that Kubernetes itself gives */
  readonly drainSeconds?: number;
  /** What brings its data to each release, before its pods come. @default nothing */
  readonly migrate?: Migrate;
  /** What its team knows and no manifest does, for whoever is paged: `{ about: 'Takes payments.', notes: path.join(__dirname, 'orders.md') }`. @default nothing */
  readonly runbook?: Runbook;
}

/** A workload behind a Service. A gRPC port brings its readiness along; any other port needs `health`. */
export type WebServiceProps = RunningProps & {
  /** What other applications may call: `{ contract: stock, to: ['shop'] }`. @default nobody outside the application */
  readonly publish?: Publication;
  /**
   * What it promises: `{ availability: 99.9, latency: { under: '250ms', objective: 99 } }`, or `{ none: '…' }` with the reason.
   * @default what the platform gives its tier
   */
  readonly slo?: RequestSlo | NoSlo;
} &
  // TypeScript explains a mismatch by the last member: there health is what is missing.
  (
    | {
        readonly port: GrpcPort;
        readonly health?: Health;
        /** A way in from outside: `{ host: 'orders' }`. @default none - reachable from inside the application only */
        readonly expose?: GrpcExposure;
      }
    | {
        readonly port: number | HttpPort | TcpPort;
        readonly health: Health;
        /** A way in from outside: `{ host: 'orders' }`. @default none - reachable from inside the application only */
        readonly expose?: HttpExposure;
      }
  );

/** A workload that nobody calls: it takes its work from a queue, a topic or a clock of its own. */
export interface WorkerProps extends RunningProps {
  /** Checks, each with its port. @default none - without a port there is nothing to ask */
  readonly health?: AnyHealth;
  /** @default { min: 2, max: 4 } - two, so that one may go; naiserator's bounds */
  readonly scale?: WorkerScale;
  /**
   * What it promises: `{ freshness: { within: '10m', objective: 99 } }`, the age of the oldest message of what `scale.on` counts.
   * @default nothing - what waits where is known to the team alone
   */
  readonly slo?: WorkSlo | NoSlo;
}

/** A workload that runs by the clock. */
export interface ScheduledJobProps extends WorkloadProps {
  /** Five cron fields: `'15 3 * * *'`. */
  readonly schedule: string;
  /** @default 'Etc/UTC' - the same everywhere and without a lost or doubled hour in spring and autumn */
  readonly timeZone?: string;
  /**
   * How late a run may start; later it is skipped.
   * @default 300 - five minutes late is still the run that was meant; without a deadline a hundred missed runs stop the schedule for good
   * @see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#starting-deadline
   */
  readonly startingDeadlineSeconds?: number;
  /** How long a run may take, retries included. @default 3600 - runs never overlap, so one that hangs would stop all that follow */
  readonly deadlineSeconds?: number;
  /** How often a failed run is tried again. @default 6 - Kubernetes' own, with growing pauses */
  readonly retries?: number;
  /**
   * What it promises, or `{ none: '…' }` with the reason: how late is too late follows from the schedule and its deadlines.
   * @default { freshness: { objective: 99 } } where the platform has chosen a source of signals - seven hours of delay in a month
   */
  readonly slo?: ScheduleSlo | NoSlo;
  /** What its team knows and no manifest does, for whoever looks after it. @default nothing */
  readonly runbook?: JobRunbook;
}
