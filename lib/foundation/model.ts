import type { EndpointPart } from './endpoint-form';
import type { PublishedTarget } from './published';
import type { ExposureModel } from './exposure-model';
import type { ObjectiveModel } from './objective-model';
import type { OffsetReset } from './scale-trigger';
import type { BackingServiceModel, BoundServiceModel } from './service-model';

/** How a workload runs: behind a Service, without one, on a schedule, or once before a release. */
export type WorkloadKind = 'web-service' | 'worker' | 'scheduled-job' | 'migration';

/** The phase-1 files that need a capability of the cluster. */
export const facets = ['observability', 'signals', 'mesh'] as const;
/** A file of phase-1 objects that need the same cluster capability. */
export type Facet = (typeof facets)[number];

/** The service meshes whose authorization the library writes. */
export const meshKinds = ['istio', 'linkerd'] as const;
/** A service mesh by the language of its policies. */
export type MeshKind = (typeof meshKinds)[number];

/** The language runtimes that are told of a container's limits. */
export const runtimes = ['dotnet', 'go', 'jvm', 'node', 'python'] as const;
/** A language runtime, by what it is called. */
export type Runtime = (typeof runtimes)[number];

/** An arrow of the dependency graph. */
export interface EdgeModel {
  /** The calling workload. */
  readonly from: string;
  /** The workload or backing service that is called, the host outside, or another application's service as `warehouse/stock`. */
  readonly to: string;
  readonly kind: 'workload' | 'backing-service' | 'external' | 'published';
  /** The port that the caller connects to after Service translation: the container's, the protocol's own, or the outside host's. */
  readonly port: number;
  /** Whether the caller survives without it. */
  readonly soft: boolean;
  /** How long one attempt may take until the caller gives it up; absent where no `call(…)` says it. */
  readonly timeoutSeconds?: number;
  /** How often it is tried in all; absent where no `call(…)` says it. */
  readonly attempts?: number;
}

/** A value that an environment gives. */
export interface SettingModel {
  /** The key in the workload's settings ConfigMap. */
  readonly key: string;
  readonly container: string;
  readonly variable: string;
  /** By environment or stage; empty where it is the address of what another application publishes. */
  readonly values: Readonly<Record<string, string>>;
  readonly published?: { readonly part: EndpointPart; readonly target: PublishedTarget };
}

/** What a web service offers to other applications. */
export interface PublicationModel {
  readonly contract: PublishedTarget;
  /** The ids of the applications that may call it. */
  readonly to: readonly string[];
}

/** One key of a Secret that a workload reads. */
export interface SecretModel {
  readonly secret: string;
  readonly key: string;
}

/** One container of a workload. Quantities are Kubernetes text. */
export interface ContainerModel {
  readonly name: string;
  readonly role: 'main' | 'init' | 'sidecar';
  readonly image: string;
  /** Whose settings follow from its requests and limits. */
  readonly runtime?: Runtime;
  readonly requests: Readonly<Record<string, string>>;
  readonly limits: Readonly<Record<string, string>>;
  /** Where evidence decides about its size. */
  readonly measured?: MeasuredModel;
}

/** How a container is measured. */
export interface MeasuredModel {
  /** How much it may be trusted to its usual use. */
  readonly tier: string;
  /** The size until there is evidence. */
  readonly start: { readonly cpu: string; readonly memory: string };
  /** The last day of the evidence on which its requests rest, as `2026-11-19`; absent until there is some. */
  readonly evidence?: string;
}

/** A port that the kubelet asks, and how. */
export interface ProbeModel {
  readonly port: number;
  readonly by: 'http' | 'https' | 'grpc' | 'tcp';
  readonly container: ContainerModel['role'];
}

/** When something runs, and for how long. */
export interface ScheduleModel {
  readonly cron: string;
  readonly timeZone: string;
  /** How much later than its time a run may begin. */
  readonly startingDeadlineSeconds: number;
  /** After how many seconds a run has ended, one way or the other. */
  readonly deadlineSeconds: number;
}

/** What a team says of a service for its runbook. */
export interface RunbookModel {
  /** What it does, in one sentence. */
  readonly about?: string;
  /** The name of the team's own file, whose text stands in the runbook. */
  readonly notes?: string;
  /** What a person has to do, because nothing does it by itself. */
  readonly manualSteps: readonly ManualStepModel[];
  /** What may be done by `golden-path incident --act`; absent without any. */
  readonly responses?: readonly ResponseModel[];
}

/** What can be done for a service that fails, without finding out how. */
export type ResponseAction = 'scale-out' | 'restart-pod' | 'roll-back';

/** Something that may be done, and when. */
export interface ResponseModel {
  /** What is done. */
  readonly action: ResponseAction;
  /** The alerts of which one must fire. */
  readonly when: readonly string[];
  /** The shortest time between two actions on the service. */
  readonly everyMinutes: number;
  /** How often in 24 hours. */
  readonly perDay: number;
}

/** Something that a person has to do in an incident. */
export interface ManualStepModel {
  readonly when: string;
  readonly do: string;
  readonly expect: string;
  readonly whyNotAutomated: string;
}

/** A workload as the rest of the library sees it: the contract between the two phases. */
export interface WorkloadModel {
  readonly name: string;
  readonly kind: WorkloadKind;
  /** The construct path. */
  readonly path: string;
  readonly selector: Readonly<Record<string, string>>;
  readonly containers: readonly ContainerModel[];
  /** The replica bounds declared by the team; absent on what runs to its end. */
  readonly scale?: ScaleModel;
  readonly schedule?: ScheduleModel;
  readonly migration?: {
    /** The workload whose release waits for it. */
    readonly of: string;
    /** After how many seconds it has ended, one way or the other. */
    readonly deadlineSeconds: number;
  };
  readonly presence?: { readonly stages: readonly string[]; readonly reason: string };
  readonly service?: {
    readonly port: number;
    readonly containerPort: number;
    readonly protocol: string;
  };
  readonly exposure?: ExposureModel;
  readonly metrics?: { readonly port: number; readonly path: string };
  /** The port of the collector to which it sends; absent where the platform has none. */
  readonly telemetry?: { readonly port: number };
  readonly publication?: PublicationModel;
  /** Its service-level objectives; absent without any. */
  readonly objectives?: readonly ObjectiveModel[];
  /** Why it has none on purpose. */
  readonly noObjectives?: string;
  /** What its team says of it in the runbook; absent where it says nothing. */
  readonly runbook?: RunbookModel;
  /** What the kubelet asks over the network; where the platform has chosen a mesh, which stands between them. */
  readonly probes?: readonly ProbeModel[];
  readonly settings: readonly SettingModel[];
  readonly secrets: readonly SecretModel[];
}

/** The waiting messages that a worker scales on. */
export type TriggerModel =
  | {
      readonly kind: 'queue-length';
      /** The backing service. */
      readonly service: string;
      readonly queue: string;
      readonly perReplica: number;
    }
  | {
      readonly kind: 'consumer-lag';
      /** The backing service. */
      readonly service: string;
      readonly group: string;
      readonly perReplica: number;
      readonly offsetReset: OffsetReset;
      /** The variables of the main container that hold what KEDA takes from no Secret: the brokers, and the topic where one does. */
      readonly variables: { readonly bootstrapServers: string; readonly topic?: string };
    };

/** Replica bounds, and what the autoscaler aims for. */
export interface ScaleModel {
  /** Zero on workers that scale on messages alone. */
  readonly min: number;
  readonly max: number;
  /** Use of requested CPU; of a worker with `on` where there is no KEDA. */
  readonly targetCpuPercent: number;
  readonly on?: TriggerModel;
}

/** One Kubernetes object, and where it came from. */
export interface ObjectModel {
  readonly kind: string;
  readonly name: string;
  readonly file: string;
  readonly path: string;
  /** How often the escape hatch was used on it. */
  readonly patches?: number;
}

/** A rule that some objects of an application may break for a while. */
export interface WaiverModel {
  readonly rule: string;
  readonly reason: string;
  readonly owner: string;
  /** The last day on which it holds, as `2027-03-31`. */
  readonly expires: string;
  readonly ticket?: string;
  /** The construct path at which it stands; empty for the platform. */
  readonly path: string;
  /** The objects that it excuses. */
  readonly objects: readonly WaivedObject[];
}

/** An object that a waiver excuses. */
export interface WaivedObject {
  readonly kind: string;
  readonly name: string;
  /** The label `app.kubernetes.io/name`, by which a cluster tells what gets another name with each release. */
  readonly labelled?: string;
}

/** What the pods of backing services request in the namespace of an application, without those that are there for a while. */
export interface ServicePodsModel {
  readonly pods: number;
  /** Kubernetes quantities. */
  readonly cpu: string;
  readonly memory: string;
}

/** How the team of an application is reached. No address and no credential is in it. */
export interface OnCallModel {
  /** The kinds of places that ring, such as `pagerduty`; empty when nobody is paged. */
  readonly page: readonly string[];
  /** The kinds of places that are told of what can wait. */
  readonly ticket: readonly string[];
  /** Where the team talks. */
  readonly channel?: string;
  /** Who is told when nobody answers. */
  readonly escalation?: readonly { readonly afterMinutes: number; readonly to: string }[];
  /** The environments in which a page is a page. */
  readonly pagesIn: readonly string[];
}

/** What it costs to request something for an hour. */
export interface PricesModel {
  /** As ISO 4217 has it, such as `EUR`. */
  readonly currency: string;
  readonly cpuCoreHour: number;
  readonly memoryGiBHour: number;
}

/** What one environment makes of an application. */
export interface EnvironmentModel {
  readonly name: string;
  readonly stage: string;
  /** The identity of the Prometheus and Grafana that watch it. */
  readonly signals: string;
  readonly namespace: string;
  readonly files: readonly string[];
  /** The objects that the binding adds to those of the application. */
  readonly objects: readonly { readonly kind: string; readonly name: string }[];
  /** Facets left out, each with its reason. */
  readonly omits: Readonly<Record<string, string>>;
  readonly replicas: Readonly<Record<string, { readonly min: number; readonly max: number }>>;
  readonly hostnames: Readonly<Record<string, string>>;
  /** Values by workload and key. */
  readonly settings: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** What its providers make of the backing services, by name. */
  readonly services: Readonly<Record<string, BoundServiceModel>>;
  /** What its workloads are to the cloud: a role, an account, a client id. */
  readonly identities: Readonly<Record<string, string>>;
  /** Absent without backing services, and where a provider makes pods and does not say what they take. */
  readonly servicePods?: ServicePodsModel;
  /** That game days may be held here, and why; absent where they are refused. */
  readonly gameDays?: { readonly reason?: string };
  /** Absent where the platform gives none. */
  readonly prices?: PricesModel;
}

/** The machine-readable description of one application: `dist/model/<application>.json`. */
export interface ApplicationModel {
  readonly application: string;
  readonly owner: string;
  /** The name of its sizing lock; absent where it has none, and measured sizes stay what they start with. */
  readonly sizingLock?: string;
  /** The SHA-256 of each phase-1 file. */
  readonly digests: Readonly<Record<string, string>>;
  readonly workloads: readonly WorkloadModel[];
  readonly services: readonly BackingServiceModel[];
  readonly edges: readonly EdgeModel[];
  readonly objects: readonly ObjectModel[];
  /** Rules that some of the objects may break for a while. */
  readonly waivers: readonly WaiverModel[];
  readonly environments: readonly EnvironmentModel[];
  /** Absent where the platform does not say who is on call. */
  readonly onCall?: OnCallModel;
  /** What brings its manifests to a cluster, where it is not GitOps: what is changed by hand lasts until the next release. */
  readonly appliedBy?: 'kubectl';
}
